/** Classes, events and types for bundlers. Registers nothing: import `cap-widgets/elements/NAME.js` for that. */
export type { ErrorCode } from './core/errors.js';
export { watch } from './autoloader.js';
export { configure, type Settings, type SettingsInput } from './state/page-settings.js';
export { CapErrorEvent, CapLoadEvent } from './elements/base/events.js';
export { CapLoginRequestEvent, CapSessionChangeEvent, CapVoteChangeEvent } from './elements/base/voting-events.js';
export { CapPlatform } from './elements/platform/platform.js';
export { CapProjectCard } from './elements/project-card/project-card.js';
export { CapParticipationCounter } from './elements/participation-counter/participation-counter.js';
export { CapVoteButton } from './elements/vote-button/vote-button.js';
export { CapProposalList } from './elements/proposal-list/proposal-list.js';
export { CapBasketChangeEvent } from './elements/budget-basket/budget-basket.events.js';
export { CapBudgetBasket } from './elements/budget-basket/budget-basket.js';
export { CapLoginPrompt } from './elements/login-prompt/login-prompt.js';
export { CapHandoff } from './elements/handoff/handoff.js';
export { CapEventList } from './elements/event-list/event-list.js';
export { CapProjectList } from './elements/project-list/project-list.js';
