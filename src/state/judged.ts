import { recovery } from '../platform/loader.js';

/** What is read of an object. Where there is none, its ID may be none, either: that is a failure, of the page's. */
export async function judged<T>(id: string, kind: string, reading: Promise<T | null>): Promise<T | null> {
  const found = await reading;
  if (found === null) (await recovery()).judgeId(id, kind);
  return found;
}
