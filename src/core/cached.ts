const cache = new Map<string, unknown>();

/** What takes long to make, such as the formats of `Intl`: one of each is kept. */
export function cached<T>(key: string, make: () => T): T {
  const made = (cache.get(key) as T | undefined) ?? make();
  cache.set(key, made);
  return made;
}
