/** Ballots of one town, in stories: its projects, the rules of its vote, and what the visitor has chosen. */
import { clock } from '../../src/core/clock.js';
import { keep } from '../../src/state/device.js';
import { claim, disclaim } from '../../src/state/tab.js';
import type { FakeObject, FakePlatform } from '../../test/support/fake-platform.js';
import { listed, putProposals } from '../../test/support/proposal-fixtures.js';
import { votable, votingStep, votingStepBetween } from '../../test/support/voting-fixtures.js';

export type Fields = Readonly<Record<string, unknown>>;
type More = (platform: FakePlatform) => void;

/** What the projects are called, what they cost, and where they are. */
const PROJECTS = {
  guinguette: ['Une guinguette au bord de l’eau', 30_000, 'Les Tanneries'],
  frigos: ['Des frigos partagés', 12_000, 'Centre-ville'],
  verger: ['Un verger ouvert à tous', 45_000, 'Les Tanneries'],
  kiosque: ['Rénover le kiosque à musique', 8000, 'Centre-ville'],
  passage: [
    'Un passage piéton protégé, éclairé la nuit et bordé d’arbres fruitiers entre l’école Jean-Zay et la bibliothèque',
    26_500,
    null,
  ],
} as const;
export type Project = keyof typeof PROJECTS;

/** The rules of most stories. */
export const RULES = { votesLimit: 3, votesMin: 2, budget: 90_000 };

const NOTHING_ASKED = { votesHelpText: null, requirements: { reason: null, edges: [] } };

/** Between which dates a step takes place. */
export function between(startAt: string | null, endAt: string | null): Fields {
  const { state, timeRange, timeless } = votingStepBetween(startAt, endAt);
  return { state, timeRange, timeless };
}
export const FUTURE = between('2026-06-01 09:00:00', '2026-06-15 00:00:00');
export const CLOSED = between('2026-04-01 09:00:00', '2026-05-01 00:00:00');

/** A step that asks something of whoever votes in it. */
export const asking = (
  reason: string | null,
  ...asked: readonly (readonly [type: string, label?: string])[]
): Fields => ({
  requirements: {
    reason,
    edges: asked.map(([type, label]) => ({
      node: { __typename: label === undefined ? 'PhoneRequirement' : 'CheckboxRequirement', type, label },
    })),
  },
});

/** A vote with these rules. */
export const voting = (step: Fields = {}, more: More = () => undefined) => ({
  scene: (platform: FakePlatform): void => {
    platform.put(
      votingStep('vote', { ...NOTHING_ASKED, ...step }),
      ...Object.entries(PROJECTS).map(([id, [title, estimation]]) => votable(id, 3, 0, { title, estimation })),
    );
    keepDraft(platform, {});
    more(platform);
  },
});

/** Choices that are kept on this device. */
export const drafted = (step: Fields, chosen: readonly Project[], draft: Fields = {}, more: More = () => undefined) =>
  voting(step, (platform) => {
    keepDraft(platform, { chosen: chosen.map((id) => choiceOf(platform, id)), ...draft });
    more(platform);
  });

/** Votes that the platform has recorded, of a visitor who is signed in. */
export const recorded = (step: Fields, chosen: readonly Project[], more: More = () => undefined) => ({
  session: 'cors',
  handoff: false,
  ...voting(step, (platform) => {
    platform.signIn();
    for (const id of chosen) platform.votes.put(id, 'vote');
    more(platform);
  }),
});

/** A project as it was when it was chosen. */
export const choiceOf = ({ url }: FakePlatform, id: Project, cost: number = PROJECTS[id][1]): Fields => ({
  proposalId: id,
  title: PROJECTS[id][0],
  url: `${url}/${id}`,
  cost,
});

/** What has become of one choice when the ballot was handed over. */
export const outcome = (proposalId: Project, code: string | null = null): Fields => ({
  proposalId,
  voted: code === null,
  count: 4,
  accounted: code === null,
  code,
});

/** Keeps a draft on this device as if an earlier page of this tab had done so, or of another one. */
export function keepDraft({ url: platform }: FakePlatform, draft: Fields, own = true): void {
  const name = `${platform} vote`;
  const isThere = 'chosen' in draft;
  keep({ platform, device: 'personal' }, name, isThere ? { at: clock.now(), ...draft } : undefined);
  (isThere && own ? claim : disclaim)(name);
}

/** What a project got, online and on paper. */
type Got = readonly [online: number, paper: number, more?: Fields];

/** A vote that is over. */
export const results = (
  got: Readonly<Partial<Record<Project, Got>>>,
  step: Fields = {},
  more: More = () => undefined,
) => ({
  scene: (platform: FakePlatform): void => {
    const proposals = Object.entries(got).map(([id, [online, paper, fields]], index): FakeObject => {
      const [title, estimation, place] = PROJECTS[id as Project];
      const district = place && { __typename: 'ProposalDistrict', id: place, name: place, title: place };
      const counted = { totalCount: online, totalPointsCount: online * 2 };
      return listed(index, {
        id,
        title,
        estimation,
        district,
        votes: () => counted,
        paperVotesTotalCount: paper,
        paperVotesTotalPointsCount: paper * 2,
        ...fields,
      });
    });
    putProposals(platform, proposals, { ...NOTHING_ASKED, ...CLOSED, ...step });
    keepDraft(platform, {});
    more(platform);
  },
});
