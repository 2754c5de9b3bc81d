/** Steps full of proposals, as a fake platform lists them. */
import type { FakeObject, FakePlatform } from './fake-platform.js';
import { votable, votingStep } from './voting-fixtures.js';

type Fields = Readonly<Record<string, unknown>>;

/** What a list asks for. */
interface Asked {
  readonly first: number;
  readonly after?: string | null;
  readonly orderBy?: readonly { readonly field: string; readonly direction: string }[];
  readonly category?: string | null;
  readonly theme?: string | null;
  readonly district?: string | null;
  readonly term?: string | null;
}

const THEMES = ['Nature en ville', 'Mobilités'];
const CATEGORIES = ['Sport', 'Culture'];
const DISTRICTS = ['Les Tanneries', 'Centre-ville'];

const named = (name: string, i: number, names: readonly string[]): Fields => ({
  id: `${name}-${i % names.length}`,
  name: names[i % names.length],
  title: names[i % names.length],
});

/** One proposal of a list; every other one is of the same theme, category and district. */
export const listed = (i: number, fields: Fields = {}): FakeObject =>
  votable(`p${i}`, i, 0, {
    title: `Proposition ${i}`,
    summary: `Une idée pour la rue ${i}.`,
    bodyText: `Une idée pour la rue ${i}, racontée en détail.`,
    summaryOrBodyExcerpt: `Une idée pour la rue ${i}.`,
    media: null,
    author: { __typename: 'User', displayName: 'Ines Prévost', username: 'Ines Prévost' },
    category: { ...named('category', i, CATEGORIES), color: 'blue', categoryImage: null },
    theme: named('theme', i, THEMES),
    district: { __typename: 'ProposalDistrict', ...named('district', i, DISTRICTS) },
    status: null,
    estimation: i * 1000,
    ...fields,
  });

const choices = (name: string, names: readonly string[]): Fields[] => names.map((_, i) => named(name, i, names));

/** What a form of proposals asks for. */
const FORM = {
  costable: true,
  usingThemes: true,
  usingCategories: true,
  usingDistrict: true,
  categories: choices('category', CATEGORIES).map((entry) => ({ ...entry, color: 'blue' })),
  districts: choices('district', DISTRICTS).map((entry) => ({ __typename: 'ProposalDistrict', ...entry })),
};

/** The platform's own way to list; its random order is the reverse, and a cursor is a place. */
function list(proposals: readonly FakeObject[], asked: Asked): Fields {
  const { first, after, orderBy = [], term } = asked;
  const idOf = (proposal: FakeObject, name: string): unknown => (proposal[name] as { id?: unknown } | null)?.id;
  const found = proposals.filter(
    (proposal) =>
      (['category', 'theme', 'district'] as const).every(
        (name) => !asked[name] || idOf(proposal, name) === asked[name],
      ) &&
      (!term || String(proposal['title']).toLowerCase().includes(term.toLowerCase())),
  );
  const { field = '', direction = 'ASC' } = orderBy[0] ?? {};
  if (field === 'RANDOM' || direction === 'DESC') found.reverse();
  const start = after ? Number(after) : 0;
  const page = found.slice(start, start + first);
  const end = start + page.length;
  return {
    totalCount: found.length,
    pageInfo: { hasNextPage: end < found.length, endCursor: String(end) },
    edges: page.map((node) => ({ node })),
  };
}

/** Puts a step with proposals on a platform, `p1` to `pN`. */
export function putProposals(
  platform: FakePlatform,
  proposals: number | readonly FakeObject[],
  stepFields: Fields = {},
): void {
  const all = typeof proposals === 'number' ? Array.from({ length: proposals }, (_, i) => listed(i + 1)) : proposals;
  platform.root['themes'] = choices('theme', THEMES);
  platform.put(
    ...all,
    votingStep('vote', { form: FORM, proposals: (asked: Asked) => list(all, asked), ...stepFields }),
  );
}
