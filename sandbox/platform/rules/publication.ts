import type { UserRow } from '../rows.js';

export type NotPublishedReason = 'WAITING_AUTHOR_CONFIRMATION' | 'AUTHOR_NOT_CONFIRMED' | 'AUTHOR_CONFIRMED_TOO_LATE';

interface Publishable {
  readonly published_at: number | null;
}

/** What people do counts once their e-mail is confirmed, provided that this happens before the step ends. */
export function notPublishedReason(
  { published_at: publishedAt }: Publishable,
  author: UserRow | undefined,
  until: number | null,
  now: number,
): NotPublishedReason | null {
  if (publishedAt !== null || !author) return null;
  const confirmedAt = author.email_confirmed_at;
  if (confirmedAt !== null) return until !== null && confirmedAt > until ? 'AUTHOR_CONFIRMED_TOO_LATE' : null;
  return until !== null && now >= until ? 'AUTHOR_NOT_CONFIRMED' : 'WAITING_AUTHOR_CONFIRMATION';
}
