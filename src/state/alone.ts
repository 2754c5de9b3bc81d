/**
 * Does something while no other tab of the site does it.
 *
 * @param name - What is done; only what has the same name waits.
 * @param mode - `shared`: beside others that say so too, but not beside one that is alone.
 */
export async function alone<T>(task: () => Promise<T>, name: string, mode: LockMode = 'exclusive'): Promise<T> {
  // Old browsers have no locks: there the platform refuses the second vote.
  const { locks } = navigator as Partial<Navigator>;
  return locks ? locks.request(name, { mode }, task) : task();
}
