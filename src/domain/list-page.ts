/** Some of a list, in its order. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** Entries of the whole list; null where the platform does not say. */
  readonly total: number | null;
  /** From where the list goes on; null at its end. */
  readonly next: string | null;
}
