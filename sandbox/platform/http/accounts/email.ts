import type { Store } from '../../store.js';

/** From now on the address counts as the user's own, and so do the votes that waited for it while their step is open. */
export function confirmEmail(store: Store, userId: string): void {
  const { sql } = store;
  const at = store.now();
  sql.transaction(() => {
    sql.run('UPDATE user SET email_confirmed_at = ? WHERE id = ? AND email_confirmed_at IS NULL', at, userId);
    sql.run(
      `UPDATE proposal_vote SET published_at = ? WHERE user_id = ? AND published_at IS NULL
        AND step_id IN (SELECT id FROM step WHERE end_at IS NULL OR end_at > ?)`,
      at,
      userId,
      at,
    );
  });
}
