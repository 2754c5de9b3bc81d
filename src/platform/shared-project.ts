import type { ResultOf } from 'gql.tada';

import { clock } from '../core/clock.js';
import type { Project } from '../domain/project.js';
import { stepState, type Step, type StepKind, type StepState } from '../domain/step.js';
import { flag, instant, list, maybe, text, type Cursor } from './cursor.js';
import type { projectCard } from './documents/public.js';
import type { Settings } from './settings.js';
import { webAddress } from './web-address.js';

type Card = ResultOf<typeof projectCard>;

/** What both schemas tell of a project. */
export function sharedProject(
  node: Cursor<Pick<Card, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes'>>,
  { platform }: Settings,
): Pick<Project, 'id' | 'url' | 'title' | 'cover' | 'type' | 'themes'> {
  return {
    id: text(node.at('id')),
    url: webAddress(text(node.at('url')), platform) ?? platform,
    title: text(node.at('title')),
    cover: maybe(node.at('cover'), (cover) => webAddress(text(cover.at('url')), platform)),
    type: maybe(node.at('type'), (type) => text(type.at('title'))),
    themes: maybe(node.at('themes'), (themes) => list(themes, (theme) => text(theme.at('title')))) ?? [],
  };
}

/** The states of a step, by the platform's names. */
export const STATES: Readonly<Record<string, StepState>> = { FUTURE: 'future', OPENED: 'open', CLOSED: 'closed' };

/** A step of either schema. The platform also sends types that its schemas do not list. */
export function readStep(
  step: Cursor<
    Pick<Card['steps'][number], 'id' | 'title' | 'state' | 'timeRange'> & {
      __typename: string;
      timeless?: boolean | null;
    }
  >,
  { timeZone }: Settings,
): Step {
  const date = (name: 'startAt' | 'endAt'): number | null =>
    maybe(step.at('timeRange').at(name), (at) => instant(at, timeZone));
  const told = STATES[text(step.at('state'))];
  const startAt = date('startAt');
  const endAt = date('endAt');
  // The preview schema does not say: an open step without any date can only be one that has none on purpose.
  const timeless = maybe(step.at('timeless'), flag) ?? (!startAt && !endAt && told === 'open');
  return {
    id: text(step.at('id')),
    kind: text(step.at('__typename')).replace('Step', '').toLowerCase() as StepKind,
    title: text(step.at('title')),
    startAt,
    endAt,
    timeless,
    votable: null,
    told: stepState({ startAt, endAt, timeless }, clock.now()) === told ? undefined : told,
  };
}
