/** The one key of ours on this device. Nothing is under it before the visitor's own first act. */
const KEY = 'cap-widgets:draft';

/** What is kept on this device, by its kind. */
type Kept = Readonly<Record<string, unknown>>;

/** What this browser does not store: kept no longer than the page. */
const unstored = new Map<string, unknown>();

/** Reads what is stored; null for what is none of ours, as anything on the page's origin can write there. */
function parse(text: string | null): Kept | null {
  try {
    const stored: unknown = JSON.parse(text ?? '{}');
    return stored && typeof stored === 'object' ? (stored as Kept) : null;
  } catch {
    return null;
  }
}

/** What is kept; nothing of it is to be trusted. */
export function kept(): Kept {
  let text: string | null = null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    // Denied: what there is, the page alone keeps.
  }
  return { ...parse(text), ...Object.fromEntries(unstored) };
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

/**
 * Calls back when another tab has changed what is kept, until the returned function is called.
 *
 * @param listener - Gets what is stored now; null where something else than a widget has wiped it out.
 */
export function onKept(listener: (stored: Kept | null) => void): () => void {
  const hear = ({ key, newValue }: StorageEvent): void => {
    // Null: everything was cleared.
    if (key === KEY || key === null) listener(key && parse(newValue));
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
