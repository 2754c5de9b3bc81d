import { contextOf } from '../../sandbox/platform/api.js';
import type { Value } from '../../sandbox/platform/database.js';
import { globalId, rawId } from '../../sandbox/platform/ids.js';
import { Objects } from '../../sandbox/platform/objects.js';
import type { Context } from '../../sandbox/platform/resolvers/context.js';
import { UserError } from '../../sandbox/platform/resolvers/errors.js';
import { viewerVotes } from '../../sandbox/platform/resolvers/votes.js';
import { participantMutations } from '../../sandbox/platform/resolvers/voting-participant.js';
import { votingMutations } from '../../sandbox/platform/resolvers/voting.js';
import type { ParticipantRow, VoterRow } from '../../sandbox/platform/rows.js';
import { openStore } from '../../sandbox/platform/store.js';
import type { Recorded, Rules } from './verdict.rules.js';

export interface RecordedBallot {
  readonly votes: readonly Recorded[];
  readonly spent: number;
  readonly left: number;
  readonly points: number;
}

/** What the platform said to an act: nothing against it, or its refusal in its own words. */
export type Answer =
  { readonly refusal: string } | { readonly refusal: null; readonly payload: Readonly<Record<string, unknown>> };

const mutations = { ...votingMutations, ...participantMutations };
const token = 'c0ffee00c0ffee00c0ffee00c0ffee00';

/**
 * One step of the sandbox's platform with a handful of proposals and one voter, whose rules change from case to case. Acts go
 * through the platform's own mutations, on its own database; the rest of the seed is left out, as it only takes time.
 */
export class Scene {
  now = 0;
  readonly #store = openStore({ baseUrl: 'http://localhost:4401', now: () => this.now || Date.now() });
  readonly #sql = this.#store.sql;
  readonly #step: string;
  readonly #proposals: readonly string[];
  readonly #user: string;
  #account = true;
  #asker: Context | undefined;

  constructor(size: number) {
    const { steps, proposals, accounts } = this.#store.state();
    this.#step = rawId(steps['limited'] ?? '');
    this.#proposals = (proposals['limited'] ?? []).slice(0, size).map(rawId);
    this.#user = String(this.#sql.get('SELECT id FROM user WHERE email = ?', accounts.citizen.email)?.['id']);
    const project = this.#sql.get<{ project_id: string }>('SELECT project_id FROM step WHERE id = ?', this.#step);
    this.#run('DELETE FROM project WHERE id <> ?', project?.project_id ?? '');
    this.#run('DELETE FROM proposal_selection WHERE proposal_id = ?', this.#proposals.at(-1) ?? '');
  }

  close(): void {
    this.#store.close();
  }

  /** Nobody has voted yet. */
  set(rules: Rules, now: number): void {
    this.now = now;
    const { voter } = rules;
    this.#account = voter.account;
    for (const table of ['proposal_vote', 'requirement', 'user_requirement', 'participant'])
      this.#run(`DELETE FROM ${table}`);
    this.#run(
      `UPDATE step SET vote_type = ?, votes_limit = ?, votes_min = ?, budget = ?, votes_ranking = ?, vote_threshold = ?,
        is_secret_ballot = ?, start_at = ?, end_at = ?, timeless = ? WHERE id = ?`,
      rules.voteType,
      rules.votesLimit,
      rules.votesMin,
      rules.budget,
      Number(rules.ranking),
      rules.threshold,
      Number(rules.secret),
      rules.startAt,
      rules.endAt,
      Number(rules.timeless),
      this.#step,
    );
    const [email, zip] = [voter.emailConfirmed ? 1 : null, voter.zipCode ? '99410' : null];
    if (voter.account)
      this.#run('UPDATE user SET email_confirmed_at = ?, zip_code = ? WHERE id = ?', email, zip, this.#user);
    else
      this.#run(
        "INSERT INTO participant (id, token, email_confirmed_at, zip_code, created_at) VALUES ('somebody', ?, ?, ?, 1)",
        token,
        email,
        zip,
      );
    rules.requirements.forEach((type, i) => {
      this.#run(
        "INSERT INTO requirement (id, step_id, type, label, position) VALUES (?, ?, ?, '', ?)",
        type,
        this.#step,
        type,
        i,
      );
    });
    // Only accounts can tick a box.
    if (voter.ticked && voter.account && rules.requirements.includes('CHECKBOX')) this.tick();
    rules.proposals.forEach((proposal, i) => this.change(i, proposal));
    this.#asker = contextOf(this.#store, { endpoint: 'internal', userId: voter.account ? this.#user : undefined });
  }

  change(proposal: number, { cost, archived }: Rules['proposals'][number]): void {
    this.#run(
      'UPDATE proposal SET estimation = ?, is_archived = ? WHERE id = ?',
      cost,
      Number(archived),
      this.#idOf(proposal),
    );
  }

  tick(): void {
    this.#run(
      'INSERT INTO user_requirement (user_id, requirement_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      this.#user,
      'CHECKBOX',
    );
  }

  add(proposal: number): Answer {
    const input = { ...this.#place(proposal), ...(this.#account ? {} : { token }) };
    return this.#send(this.#account ? 'addProposalVote' : 'addProposalSmsVote', input);
  }

  remove(proposal: number): Answer {
    const input = { ...this.#place(proposal), ...(this.#account ? {} : { token }) };
    return this.#send(this.#account ? 'removeProposalVote' : 'removeProposalSmsVote', input);
  }

  /** The whole ballot in its order. */
  arrange(ids: readonly number[]): Answer {
    const votes = ids.map((id) => ({ id: String(id), anonymous: true }));
    const input = { step: globalId('SelectionStep', this.#step), votes, ...(this.#account ? {} : { token }) };
    return this.#send(this.#account ? 'updateProposalVotes' : 'updateAnonymousProposalVotes', input);
  }

  /** What the voter reads of the own ballot. */
  read(): RecordedBallot {
    const context = this.#context();
    const args = {
      orderBy: { field: 'POSITION', direction: 'ASC' },
      stepId: this.#step,
      includeUnpublished: true,
    } as const;
    const { edges, creditsSpent, creditsLeft, totalPointsCount } = viewerVotes(this.#voter(), args, context);
    return {
      votes: edges().map(({ node }) => ({
        id: node.id,
        proposal: this.#proposals.indexOf(node.proposal_id),
        position: node.ranking,
        accounted: Boolean(node.is_accounted),
        published: node.published_at !== null,
      })),
      spent: creditsSpent() ?? 0,
      left: creditsLeft() ?? 0,
      points: totalPointsCount(),
    };
  }

  #place(proposal: number) {
    return {
      stepId: globalId('SelectionStep', this.#step),
      proposalId: globalId('Proposal', this.#idOf(proposal)),
    };
  }

  #idOf(proposal: number): string {
    return this.#proposals[proposal] ?? '';
  }

  #run(sql: string, ...values: readonly Value[]): void {
    this.#sql.run(sql, ...values);
  }

  #voter(): VoterRow {
    const row =
      this.#asker?.viewer ??
      this.#sql.get<ParticipantRow>("SELECT 'Participant' AS __typename, t.* FROM participant t");
    if (!row) throw new Error('There is no voter.');
    return row;
  }

  /** That of a new request: objects are read anew. */
  #context(): Context {
    if (!this.#asker) throw new Error('There are no rules yet.');
    const { sql, viewer } = this.#asker;
    return { ...this.#asker, objects: new Objects(sql, viewer), now: this.now };
  }

  #send(name: string, input: object): Answer {
    // The schema, which has checked every input before a mutation sees it, is left out here.
    const mutation = mutations[name] as unknown as (
      root: undefined,
      args: { readonly input: object },
      context: Context,
    ) => Readonly<Record<string, unknown>>;
    try {
      const payload = mutation(undefined, { input }, this.#context());
      const code = payload['errorCode'];
      return typeof code === 'string' ? { refusal: code } : { refusal: null, payload };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { refusal: error.message };
    }
  }
}
