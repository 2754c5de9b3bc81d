import type { Messages } from '../../messages.js';
import type { projectList as french } from '../fr/project-list.js';
import { common } from './common.js';

export const projectList: Messages<keyof typeof french> = {
  ...common,
  count: { one: '{count} project', other: '{count} projects' },
  'count.of': { one: '{count} project of {total} shown', other: '{count} projects of {total} shown' },
  'count.shown': { one: '{count} project shown', other: '{count} projects shown' },
  empty: 'No project for now.',
  more: 'Show more projects',
  stale: 'List from {time}: the update failed.',
};
