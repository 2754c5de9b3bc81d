/* eslint-disable @typescript-eslint/no-unsafe-return -- answers are handed on as they come, for tests to look into. */
import type { Value } from '../../sandbox/platform/database.js';
import { rawId } from '../../sandbox/platform/ids.js';
import { openPlatform, type Answer, type Platform } from './platform-api.js';

type Voter = 'citizen' | 'second' | 'unconfirmed' | 'admin';

/** Which proposal of which seeded vote. */
export interface Choice {
  readonly step: string;
  readonly proposal: string;
}

/** A platform on which the seeded accounts vote, and whose settings a test may change and put back. */
export interface Booth extends Platform {
  readonly users: Readonly<Record<Voter, string>>;
  step(key: string): string;
  proposal(key: string, index: number): string;
  choice(key: string, index: number): Choice;
  /** Sends a mutation as somebody, or as nobody. */
  send(mutation: string, input: object, fields: string, userId?: string): Promise<Answer>;
  vote(voter: Voter, key: string, index: number, fields?: string, more?: object): Promise<Answer>;
  withdraw(voter: Voter, key: string, index: number, fields?: string): Promise<Answer>;
  /** Asks for fields of a step as somebody. */
  read(voter: Voter | undefined, id: string, fields: string): Promise<Answer>;
  /** Changes a row until `restore`. */
  change(
    table: 'step' | 'proposal' | 'user' | 'project' | 'feature_flag',
    id: string,
    fields: Record<string, Value>,
  ): void;
  /** The votes of somebody in a step, as the database has them. */
  rows(voter: Voter, key: string): Row[];
  /** Nobody of the accounts has voted, and every setting is as it was. */
  restore(): void;
}

export interface Row {
  readonly id: number;
  readonly proposal_id: string;
  readonly anonymous: number;
  readonly is_accounted: number;
  readonly completion_status: string;
  readonly ranking: number | null;
  readonly published_at: number | null;
}

const voteFields = 'errorCode vote { id isAccounted anonymous published ranking completionStatus }';

export function openBooth(now?: () => number): Booth {
  const platform = openPlatform(now);
  const { store } = platform;
  // As it goes over the wire: plain objects, which compare with those that a test writes.
  const ask: Platform['ask'] = async (...question) => JSON.parse(JSON.stringify(await platform.ask(...question)));
  const { steps, proposals, accounts } = store.state();
  const users = {
    citizen: platform.userId(accounts.citizen.email),
    second: platform.userId(accounts.second.email),
    unconfirmed: platform.userId(accounts.unconfirmed.email),
    admin: platform.userId(accounts.admin.email),
  };
  const undo: (() => void)[] = [];
  const choice = (key: string, index: number): Choice => ({
    step: steps[key] ?? '',
    proposal: proposals[key]?.at(index) ?? '',
  });
  const send: Booth['send'] = async (mutation, input, fields, userId) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { ${mutation}(input: $input) { ${fields} } }`;
    return ask('internal', query, { variables: { input }, userId });
  };
  return {
    ...platform,
    ask,
    users,
    step: (key) => steps[key] ?? '',
    proposal: (key, index) => choice(key, index).proposal,
    choice,
    send,
    vote(voter, key, index, fields = voteFields, more = {}) {
      const { step, proposal } = choice(key, index);
      return send('addProposalVote', { stepId: step, proposalId: proposal, ...more }, fields, users[voter]);
    },
    withdraw(voter, key, index, fields = 'previousVoteId areRemainingVotesAccounted') {
      const { step, proposal } = choice(key, index);
      return send('removeProposalVote', { stepId: step, proposalId: proposal }, fields, users[voter]);
    },
    async read(voter, id, fields) {
      const query = `query ($id: ID!) { node(id: $id) { ${fields} } }`;
      return ask('internal', query, { variables: { id }, userId: voter && users[voter] });
    },
    change(table, id, fields) {
      const key = table === 'feature_flag' ? 'type' : 'id';
      const raw = rawId(id);
      for (const [name, value] of Object.entries(fields)) {
        const before = store.sql.get<Record<string, Value>>(`SELECT ${name} FROM ${table} WHERE ${key} = ?`, raw);
        if (!before) throw new Error(`No ${table} ${id}`);
        const write = (to: Value): void =>
          void store.sql.run(`UPDATE ${table} SET ${name} = ? WHERE ${key} = ?`, to, raw);
        write(value);
        undo.push(() => write(before[name] ?? null));
      }
    },
    rows: (voter, key) =>
      store.sql.all<Row>(
        'SELECT * FROM proposal_vote WHERE user_id = ? AND step_id = ? ORDER BY id',
        users[voter],
        rawId(steps[key] ?? ''),
      ),
    restore() {
      for (const step of undo.splice(0).reverse()) step();
      for (const user of Object.values(users)) {
        store.sql.run('DELETE FROM proposal_vote WHERE user_id = ?', user);
        store.sql.run('DELETE FROM user_requirement WHERE user_id = ?', user);
      }
    },
  };
}

/** The refusal of an act as the platform words it, with what must come with it. */
export function refusalOf(body: Answer, mutation: string): string {
  const { errors, data } = body as {
    errors?: { message: string; extensions: { category: string }; path: string[] }[];
    data: Record<string, unknown>;
  };
  const [error] = errors ?? [];
  if (!error || errors?.length !== 1) throw new Error(`Not one refusal: ${JSON.stringify(body)}`);
  if (error.extensions.category !== 'user' || error.path[0] !== mutation || data[mutation] !== null)
    throw new Error(`Not the shape of a refusal: ${JSON.stringify(body)}`);
  return error.message;
}
