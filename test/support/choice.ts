import type { Choice } from '../../src/domain/ballot.js';

/** A choice that can be voted for, in no draft's and no platform's records. */
export const choice = (proposalId: string, cost = 0, more: Partial<Choice> = {}): Choice => ({
  proposalId,
  title: `Proposition ${proposalId}`,
  url: `https://participez.valmont.example/${proposalId}`,
  cost,
  lost: null,
  vote: null,
  ...more,
});
