import type { VotableProposal } from '../../src/domain/ballot.js';
import { judge, type Ballot, type Obstacle, type Verdict } from '../../src/domain/verdict.js';
import { readBallot, readProposal, readViewer } from '../../src/platform/ballot/read.js';
import { Platform } from '../../src/platform/endpoints.js';
import { reading, settingsFor, startHttpPlatform } from '../platform/http-platform.js';
import { openBooth, type Booth } from '../sandbox/voting-booth.js';

type Voter = keyof Booth['users'];

/** The sandbox's platform and a page of a city that reads it, as somebody who is signed in or as nobody. */
export interface FactsPage {
  readonly booth: Booth;
  /** Who is signed in on the page. */
  voter: Voter | undefined;
  ballot(key: string): Promise<Ballot>;
  /** What the page says of the recorded ballot. */
  verdict(key: string): Promise<Verdict>;
  proposal(key: string, index: number): Promise<VotableProposal>;
  /** What the page sees in the way of a vote. */
  obstacle(key: string, index: number): Promise<Obstacle | null>;
  /** Votes as the page's visitor, in this order; all of them are taken. */
  vote(key: string, ...indexes: readonly number[]): Promise<void>;
  restore(): void;
  close(): Promise<void>;
}

export async function openFactsPage(): Promise<FactsPage> {
  const booth = openBooth();
  const http = await startHttpPlatform(async ({ query, variables }) => ({
    body: await booth.ask('internal', query, { variables, userId: page.voter && booth.users[page.voter] }),
  }));
  const platform = (): Platform => new Platform(settingsFor(http.url, { access: 'session' }));
  const page: FactsPage = {
    booth,
    voter: 'citizen',
    async ballot(key) {
      const ballot = await readBallot(platform(), booth.step(key), reading());
      if (!ballot) throw new Error(`No step ${key}`);
      return ballot;
    },
    async verdict(key) {
      const { emailConfirmed } = await readViewer(platform(), reading());
      const waitsFor = emailConfirmed ? null : 'email';
      return judge(await page.ballot(key), booth.store.now(), { stage: 'recorded', waitsFor });
    },
    async proposal(key, index) {
      const { step, proposal: id } = booth.choice(key, index);
      const proposal = await readProposal(platform(), id, step, page.voter !== undefined, reading());
      if (!proposal) throw new Error(`No proposal ${key} ${index}`);
      return proposal;
    },
    obstacle: async (key, index) => (await page.verdict(key)).obstacleTo(await page.proposal(key, index)),
    async vote(key, ...indexes) {
      for (const index of indexes) {
        const body: unknown = await booth.vote(page.voter ?? 'citizen', key, index);
        const { errors, data } = body as { errors?: unknown; data?: { addProposalVote?: { errorCode: unknown } } };
        if (errors || data?.addProposalVote?.errorCode) throw new Error(`No vote: ${JSON.stringify(body)}`);
      }
    },
    restore() {
      page.voter = 'citizen';
      booth.restore();
      booth.store.sql.run('DELETE FROM participant');
    },
    async close() {
      await http.stop();
      booth.store.close();
    },
  };
  return page;
}
