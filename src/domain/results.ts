import { sumOf } from './money.js';

/** What one proposal got in a vote that is over. */
export interface Result {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly district: string | null;
  /** In euros; null where staff have not said. */
  readonly cost: number | null;
  /** What the town has decided, in its words. */
  readonly status: { readonly name: string; readonly won: boolean } | null;
  readonly online: number;
  readonly paper: number;
  /** Null without a ranking. */
  readonly points: number | null;
}

/** The result of a vote. */
export interface Outcome {
  /** In euros; null without a budget. */
  readonly budget: number | null;
  /** Best first. */
  readonly results: readonly RankedResult[];
  /** `decided`: the town says which proposals it pays for. `computed`: down the ranking, as far as the budget reaches. */
  readonly funding: 'decided' | 'computed' | 'none';
  /** Euros that the proposals cost which are paid for. */
  readonly spent: number;
  /** Most votes first; empty where no proposal names a district. */
  readonly districts: readonly DistrictResult[];
}

export interface RankedResult extends Result {
  /** Equal results share a rank. */
  readonly rank: number;
  readonly votes: number;
  /** Whether the budget pays for it. */
  readonly funded: boolean;
}

export interface DistrictResult {
  /** Null: proposals without one. */
  readonly name: string | null;
  readonly proposals: number;
  readonly votes: number;
  readonly funded: number;
  /** Euros of those that are paid for. */
  readonly spent: number;
}

/** Ranks what the proposals of a vote got: by points where choices were ranked, else by votes online and on paper together. */
export function outcomeOf(results: readonly Result[], budget: number | null): Outcome {
  const votesOf = ({ online, paper }: Result): number => online + paper;
  const scoreOf = (result: Result): number => result.points ?? votesOf(result);
  const sorted = [...results].sort((a, b) => scoreOf(b) - scoreOf(a) || votesOf(b) - votesOf(a));
  const decided = results.some(({ status }) => status?.won);
  const funding = decided ? 'decided' : budget === null ? 'none' : 'computed';
  let spent = 0;
  const ranked = sorted.map((result): RankedResult => {
    const cost = result.cost ?? 0;
    // Nobody pays for what nobody wants, nor for what has no price yet.
    const fits =
      funding === 'computed' && result.cost !== null && votesOf(result) > 0 && sumOf([spent, cost]) <= (budget ?? 0);
    const funded = decided ? Boolean(result.status?.won) : fits;
    if (funded) spent = sumOf([spent, cost]);
    const rank = 1 + sorted.findIndex((other) => scoreOf(other) === scoreOf(result));
    return { ...result, rank, votes: votesOf(result), funded };
  });
  return { budget, results: ranked, funding, spent, districts: byDistrict(ranked) };
}

function byDistrict(results: readonly RankedResult[]): readonly DistrictResult[] {
  if (results.every(({ district }) => district === null)) return [];
  const districts = new Map<string | null, DistrictResult>();
  for (const { district: name, votes, funded, cost } of results) {
    const sum = districts.get(name) ?? { name, proposals: 0, votes: 0, funded: 0, spent: 0 };
    districts.set(name, {
      name,
      proposals: sum.proposals + 1,
      votes: sum.votes + votes,
      funded: sum.funded + Number(funded),
      spent: funded ? sumOf([sum.spent, cost ?? 0]) : sum.spent,
    });
  }
  return [...districts.values()].sort((a, b) => b.votes - a.votes);
}
