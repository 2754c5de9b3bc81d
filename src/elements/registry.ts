/** Every tag that a page may use, and how to load its class. Loading registers nothing. */
export const registry: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  // First: whoever asks for its platform should find it answering.
  'cap-platform': async () => (await import('./platform/platform.js')).CapPlatform,
  'cap-project-card': async () => (await import('./project-card/project-card.js')).CapProjectCard,
  'cap-participation-counter': async () =>
    (await import('./participation-counter/participation-counter.js')).CapParticipationCounter,
  'cap-vote-button': async () => (await import('./vote-button/vote-button.js')).CapVoteButton,
  // With the button that each card has: both come at once.
  'cap-proposal-list': async () =>
    (await Promise.all([import('./proposal-list/proposal-list.js'), import('./vote-button/vote-button.js')]))[0]
      .CapProposalList,
  'cap-budget-basket': async () => (await import('./budget-basket/budget-basket.js')).CapBudgetBasket,
  'cap-login-prompt': async () => (await import('./login-prompt/login-prompt.js')).CapLoginPrompt,
  'cap-event-list': async () => (await import('./event-list/event-list.js')).CapEventList,
  'cap-project-list': async () => (await import('./project-list/project-list.js')).CapProjectList,
};
