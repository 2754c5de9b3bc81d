/** What brings an element: a module whose one export is its class. */
type Bringing = () => Promise<Readonly<Record<string, CustomElementConstructor>>>;

/** Every tag that a page may use, and how to load its class. Loading registers nothing. */
export const registry: Readonly<Record<string, Bringing>> = {
  // First: whoever asks for its platform should find it answering.
  'cap-platform': () => import('./platform/platform.js'),
  'cap-project-card': () => import('./project-card/project-card.js'),
  'cap-participation-counter': () => import('./participation-counter/participation-counter.js'),
  'cap-vote-button': () => import('./vote-button/vote-button.js'),
  // With the button that each card has: both come at once.
  'cap-proposal-list': async () =>
    (await Promise.all([import('./proposal-list/proposal-list.js'), import('./vote-button/vote-button.js')]))[0],
  'cap-budget-basket': () => import('./budget-basket/budget-basket.js'),
  'cap-login-prompt': () => import('./login-prompt/login-prompt.js'),
  'cap-event-list': () => import('./event-list/event-list.js'),
  'cap-project-list': () => import('./project-list/project-list.js'),
};
