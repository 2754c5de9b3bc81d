/** The votes of a fake platform's one visitor, recorded and refused as a platform does. */
import { GraphQLError } from 'graphql/index.mjs';

export interface VoteInput {
  readonly proposalId: string;
  readonly stepId: string;
  readonly anonymously?: boolean;
}

/** What becomes of a vote besides being there. */
export interface VoteFields {
  readonly isAccounted: boolean;
  readonly completionStatus: 'COMPLETED' | 'MISSING_REQUIREMENTS';
  readonly published: boolean;
  readonly requirementsUrl: string | null;
}

export type RecordedVote = VoteInput & VoteFields & { readonly id: string };

const COUNTED: VoteFields = {
  isAccounted: true,
  completionStatus: 'COMPLETED',
  published: true,
  requirementsUrl: null,
};

/** An error in the words of the platform, for the visitor to read. */
const refusal = (message: string): GraphQLError => new GraphQLError(message, { extensions: { category: 'user' } });

export class BallotBox {
  #votes: readonly RecordedVote[] = [];
  #refusal: { readonly message?: string; readonly errorCode?: string } | undefined;
  #fields = COUNTED;
  #last = 0;

  get votes(): readonly RecordedVote[] {
    return this.#votes;
  }

  /** Records the next votes with these fields. */
  record(fields: Partial<VoteFields>): void {
    this.#fields = { ...COUNTED, ...fields };
  }

  /** Refuses whatever comes next, by an error in words or by a code in the payload. */
  refuse(reason: { readonly message: string } | { readonly errorCode: string } | null): void {
    this.#refusal = reason ?? undefined;
  }

  find(proposalId: string, stepId: string): RecordedVote | undefined {
    return this.#votes.find((vote) => vote.proposalId === proposalId && vote.stepId === stepId);
  }

  in(stepId: string): readonly RecordedVote[] {
    return this.#votes.filter((vote) => vote.stepId === stepId);
  }

  /** Records a vote; the platform's own checks come with `add`. */
  put(proposalId: string, stepId: string, fields: Partial<VoteFields> = {}): void {
    this.#votes = [...this.#votes, { ...COUNTED, ...fields, id: this.#nextId(), proposalId, stepId }];
  }

  /** Every vote of a step gets these fields, as when the minimum is reached. */
  change(stepId: string, fields: Partial<VoteFields>): void {
    this.#votes = this.#votes.map((vote) => (vote.stepId === stepId ? { ...vote, ...fields } : vote));
  }

  clear(): void {
    this.#votes = [];
  }

  /** @returns The vote, or the code of a refusal. */
  add(input: VoteInput): RecordedVote | string {
    const { errorCode } = this.#check();
    if (errorCode !== undefined) return errorCode;
    if (this.find(input.proposalId, input.stepId)) throw refusal('proposal.vote.already_voted');
    const vote = { ...input, ...this.#fields, id: this.#nextId() };
    this.#votes = [...this.#votes, vote];
    return vote;
  }

  remove({ proposalId, stepId }: VoteInput): void {
    this.#check();
    const vote = this.find(proposalId, stepId);
    if (!vote) throw refusal('You have not voted for this proposal in this step.');
    this.#votes = this.#votes.filter((other) => other !== vote);
  }

  /** Puts the votes of a step in an order; those that are left out are gone. */
  order(stepId: string, votes: readonly { readonly id: string; readonly anonymous: boolean }[]): void {
    this.#check();
    const own = this.in(stepId);
    this.#votes = [
      ...this.#votes.filter((vote) => vote.stepId !== stepId),
      ...votes.flatMap(({ id, anonymous }) =>
        own.filter((vote) => vote.id === id).map((vote) => ({ ...vote, anonymously: anonymous })),
      ),
    ];
  }

  /** Shows the visitor's name with all votes of a step, or with none. */
  veil(stepId: string, anonymous: boolean): void {
    this.#check();
    this.#votes = this.#votes.map((vote) => (vote.stepId === stepId ? { ...vote, anonymously: anonymous } : vote));
  }

  #nextId(): string {
    return String(++this.#last);
  }

  #check(): { readonly errorCode?: string } {
    const { message, errorCode } = this.#refusal ?? {};
    if (message !== undefined) throw refusal(message);
    return errorCode === undefined ? {} : { errorCode };
  }
}
