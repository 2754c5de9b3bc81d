/** Every export that a program can name, with its types as they are: what is `any` does not compile here. */
import {
  CapBasketChangeEvent,
  CapBudgetBasket,
  CapErrorEvent,
  CapEventList,
  CapHandoff,
  CapLoadEvent,
  CapLoginPrompt,
  CapLoginRequestEvent,
  CapParticipationCounter,
  CapPlatform,
  CapProjectCard,
  CapProjectList,
  CapProposalList,
  CapSessionChangeEvent,
  CapVoteButton,
  CapVoteChangeEvent,
  configure,
  watch,
  type ErrorCode,
  type Settings,
  type SettingsInput,
} from 'cap-widgets';
import { ApiError, CapClient, isRetryable, type ClientProject, type Count } from 'cap-widgets/client';
import 'cap-widgets/elements/budget-basket.js';
import 'cap-widgets/elements/event-list.js';
import 'cap-widgets/elements/handoff.js';
import 'cap-widgets/elements/login-prompt.js';
import 'cap-widgets/elements/participation-counter.js';
import 'cap-widgets/elements/platform.js';
import 'cap-widgets/elements/project-card.js';
import 'cap-widgets/elements/project-list.js';
import 'cap-widgets/elements/proposal-list.js';
import 'cap-widgets/elements/vote-button.js';
import { sync, watch as keep, EXIT, failureOf, type SyncOptions, type SyncReport } from 'cap-widgets/sync';

/** Compiles for just the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(is: Same<A, B>): boolean => is;

const settings: SettingsInput = { platform: 'https://participer.valmont.example', device: 'shared' };
configure(settings);
const stop: () => void = watch(document);
stop();
same<Settings['device'], 'personal' | 'shared'>(true);

const card = document.createElement('cap-project-card');
same<typeof card, CapProjectCard>(true);
same<typeof card.layout, 'vertical' | 'horizontal'>(true);
same<typeof card.headingLevel, number>(true);
same<CapParticipationCounter['metric'], 'votes' | 'contributions' | 'contributors' | 'replies'>(true);
same<CapProjectList['structuredData'] | CapEventList['structuredData'], boolean>(true);
same<CapProposalList['order'], 'random' | 'newest' | 'oldest' | 'votes' | 'cost'>(true);
same<CapBudgetBasket['display'], 'panel' | 'bar'>(true);
same<CapHandoff['allow'], readonly string[]>(true);
same<CapVoteButton['publicVote'], boolean>(true);
same<CapLoginPrompt['message'], string>(true);
same<CapPlatform['access'], 'public' | 'session' | ''>(true);
const read: Promise<void> = card.reload();
// @ts-expect-error -- There is no such layout.
card.layout = 'diagonal';
// @ts-expect-error -- Nobody is to hold on to what is inside.
card.runtime;

document.addEventListener('cap-vote-change', (event) => {
  same<typeof event, CapVoteChangeEvent>(true);
  same<typeof event.detail.voted, boolean>(true);
  same<typeof event.detail.count, number | null>(true);
});
card.addEventListener('cap-error', ({ detail }) => {
  same<typeof detail.code, ErrorCode>(true);
});
const events = [CapLoadEvent, CapErrorEvent, CapLoginRequestEvent, CapSessionChangeEvent, CapBasketChangeEvent];

const client = new CapClient({ platform: 'https://participer.valmont.example' });
export const title = async (id: string): Promise<string> => {
  const project: ClientProject | null = await client.project(id);
  return project?.title ?? '';
};
same<Awaited<ReturnType<typeof client.project>>, ClientProject | null>(true);
export const isCount = (count: Count): boolean => typeof count === 'object';
export const again = (error: unknown): boolean => error instanceof ApiError && isRetryable(error.code);

export const run = async (options: SyncOptions): Promise<SyncReport> => {
  try {
    return await sync(options);
  } catch (reason) {
    throw Object.assign(new Error(failureOf(reason).message), { exitCode: EXIT.platform, keep, read, events });
  }
};
