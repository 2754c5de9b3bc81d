/** The one key of ours on this device. Nothing is under it before the visitor's own first act. */
const KEY = 'cap-widgets:draft';

/** What is kept on this device, by its kind. */
type Kept = Readonly<Record<string, unknown>>;

/** What this browser does not store: kept no longer than the page. */
const unstored = new Map<string, unknown>();

/** What is kept; nothing of it is to be trusted, as anything on the page's origin can write it. */
export function kept(): Kept {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return { ...(stored && typeof stored === 'object' ? stored : {}), ...Object.fromEntries(unstored) };
  } catch {
    return Object.fromEntries(unstored);
  }
}

/**
 * Keeps one kind of thing; undefined forgets it.
 *
 * @returns Whether it is on the device, and not on the page alone.
 */
export function keep(kind: string, value: unknown): boolean {
  unstored.delete(kind);
  const rest = { ...kept(), [kind]: value };
  try {
    // Undefined leaves no trace in the text.
    const text = JSON.stringify(rest);
    if (text === '{}') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
    return true;
  } catch {
    // Storage is full or denied.
    if (value !== undefined) unstored.set(kind, value);
    return false;
  }
}

/** Calls back when another tab has changed what is kept, until the returned function is called. */
export function onKept(listener: () => void): () => void {
  const hear = ({ key }: StorageEvent): void => {
    // Null: everything was cleared.
    if (key === KEY || key === null) listener();
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
