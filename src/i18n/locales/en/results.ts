import type { results as french } from '../fr/results.js';
import type { Messages } from '../../messages.js';
import { common } from './common.js';

export const results: Messages<keyof typeof french> = {
  ...common,
  title: 'Results of the vote',
  'funding.decided': {
    one: '{count} project selected, for {spent}.',
    other: '{count} projects selected, for {spent}.',
  },
  'funding.decided.budget': {
    one: '{count} project selected, for {spent} of {budget}.',
    other: '{count} projects selected, for {spent} of {budget}.',
  },
  'funding.computed.budget': {
    one: 'Down the ranking, the budget of {budget} pays for {count} project, for {spent}. The decision is the authority’s.',
    other:
      'Down the ranking, the budget of {budget} pays for {count} projects, for {spent}. The decision is the authority’s.',
  },
  caption: 'Results by project',
  'caption.districts': 'Results by district',
  rank: 'Rank',
  project: 'Project',
  district: 'District',
  cost: 'Cost',
  online: 'Online',
  paper: 'On paper',
  votes: 'Votes',
  points: 'Points',
  decision: 'Decision',
  funded: 'Funded',
  'funded.computed': 'Within the budget',
  'not-funded': '–',
  'not-funded.label': 'No',
  unknown: 'Not stated',
  'no-district': 'The whole town',
  proposals: 'Projects',
  'funded.count': 'Projects funded',
  'funded.money': 'Amount',
  all: { one: 'Show {count} more project', other: 'Show {count} more projects' },
  none: 'No project was put to the vote.',
  unavailable: 'The results are on the platform.',
  see: 'See the results on {host}',
};
