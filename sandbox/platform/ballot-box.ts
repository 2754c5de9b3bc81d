import type { Sql } from './database.js';
import type { StepRow, VoterRow } from './rows.js';
import { countsFrom } from './rules/voting.js';

const completed = "completion_status = 'COMPLETED'";

/** Where a vote names such a voter. */
export function columnOf({ __typename: type }: VoterRow): 'user_id' | 'participant_id' {
  return type === 'Participant' ? 'participant_id' : 'user_id';
}

/** The votes of one person in one step. Who changes them does so within a transaction. */
export class BallotBox {
  constructor(
    readonly sql: Sql,
    readonly step: StepRow,
    readonly voter: VoterRow,
  ) {}

  /** How many votes have been given. One that lacks a requirement is set aside and not among them. */
  count(): number {
    return this.sql.number(
      `SELECT count(*) FROM proposal_vote WHERE ${this.#voter} = ? AND step_id = ? AND ${completed}`,
      ...this.#place,
    );
  }

  /** What the chosen proposals cost. */
  costs(): (number | null)[] {
    return this.sql
      .all<{ estimation: number | null }>(
        `SELECT p.estimation FROM proposal_vote v JOIN proposal p ON p.id = v.proposal_id
          WHERE v.${this.#voter} = ? AND v.step_id = ? AND v.${completed}`,
        ...this.#place,
      )
      .map(({ estimation }) => estimation);
  }

  /** Whether somebody else who voted here has confirmed the same telephone number. */
  isPhoneTaken(): boolean {
    const { phone, phone_confirmed: confirmed } = this.voter;
    if (phone === null || !confirmed) return false;
    return (
      this.sql.number(
        `SELECT count(*) FROM proposal_vote v LEFT JOIN user u ON u.id = v.user_id
          LEFT JOIN participant t ON t.id = v.participant_id
          WHERE coalesce(v.user_id, v.participant_id) <> ? AND v.step_id = ? AND v.${completed}
            AND coalesce(u.phone, t.phone) = ? AND coalesce(u.phone_confirmed, t.phone_confirmed) = 1`,
        ...this.#place,
        phone,
      ) > 0
    );
  }

  /** Writes a vote and gives its id; nothing when there is one already. What was set aside before makes way for it. */
  add(proposalId: string, anonymous: boolean, complete: boolean, now: number): number | undefined {
    this.sql.run(
      `DELETE FROM proposal_vote WHERE ${this.#voter} = ? AND step_id = ? AND NOT ${completed}`,
      ...this.#place,
    );
    const { changes, lastInsertRowid } = this.sql.run(
      `INSERT INTO proposal_vote (${this.#voter}, step_id, proposal_id, anonymous, is_accounted, completion_status, ranking,
          created_at, published_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (${this.#voter}, proposal_id, step_id) DO NOTHING`,
      ...this.#place,
      proposalId,
      anonymous ? 1 : 0,
      complete ? 1 : 0,
      complete ? 'COMPLETED' : 'MISSING_REQUIREMENTS',
      // Places that were left free stay so: after a withdrawal two votes may share one.
      this.step.votes_ranking ? this.count() : null,
      now,
      // Until the e-mail address of an account is confirmed, the vote waits for it; a participant need not have one.
      this.voter.__typename !== 'Participant' && this.voter.email_confirmed_at === null ? null : now,
    );
    if (changes === 0) return undefined;
    this.account();
    return Number(lastInsertRowid);
  }

  /** The vote that was set aside has all that it lacked. */
  complete(voteId: number): void {
    this.sql.run("UPDATE proposal_vote SET completion_status = 'COMPLETED' WHERE id = ?", voteId);
    this.account();
  }

  /** Takes a vote back, and says whether the others still count. */
  remove(voteId: number): boolean {
    this.sql.run('DELETE FROM proposal_vote WHERE id = ?', voteId);
    return this.account();
  }

  ids(): number[] {
    return this.sql
      .all<{ id: number }>(
        `SELECT id FROM proposal_vote WHERE ${this.#voter} = ? AND step_id = ? ORDER BY id`,
        ...this.#place,
      )
      .map(({ id }) => id);
  }

  /** All the votes count, or none: the minimum decides for every one of them. */
  account(): boolean {
    const accounted = this.step.votes_min === null || this.count() >= countsFrom(this.step);
    this.sql.run(
      `UPDATE proposal_vote SET is_accounted = ? WHERE ${this.#voter} = ? AND step_id = ? AND ${completed}`,
      accounted ? 1 : 0,
      ...this.#place,
    );
    return accounted;
  }

  /** The column that names the voter. */
  get #voter(): 'user_id' | 'participant_id' {
    return columnOf(this.voter);
  }

  get #place(): [string, string] {
    return [this.voter.id, this.step.id];
  }
}
