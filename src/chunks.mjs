/**
 * Which module goes to which file of the build for pages: by noun, the files of `src/` without their ending, and what of packages
 * does not go with what all elements share. Few files, so that a page makes few requests. Each module of ours that the script
 * tag leads to is here, once; the build refuses what is missing, or has gone.
 */
export const chunks = {
  // What all elements share, with the script tag itself: on every page.
  'cap-widgets': `
    autoloader cap-widgets tag-settings
    core/added core/cached core/clock core/emitter core/errors core/json core/tell
    domain/platform-time domain/step
    elements/registry
    elements/base/attributes elements/base/cap-element elements/base/define elements/base/events
    elements/base/swallowed
    i18n/format i18n/language
    i18n/locales/fr/common
    page/document
    platform/compose platform/cursor platform/endpoints platform/loader platform/settings platform/shared-project
    platform/texts platform/transport platform/web-address
    platform/documents/typed
    state/clock-controller state/frame state/judged state/locale-controller state/page-settings state/resource
    state/resource-controller state/runtime
    ui/heading ui/host.styles ui/icon ui/image ui/retry
  `,
  // One for each element, asked for as its tag is approached.
  'project-card': `
    domain/project
    elements/project-card/messages elements/project-card/project-card elements/project-card/project-card.styles
    elements/project-card/project-card.view
    i18n/locales/fr/project-card
    platform/project
    platform/documents/public
    state/project
  `,
  'project-list': `
    domain/project-phase
    elements/project-list/messages elements/project-list/project-list elements/project-list/project-list.styles
    i18n/locales/fr/project-list
    platform/project-list
    platform/documents/project-list
    state/project-list
  `,
  'participation-counter': `
    domain/counts
    elements/participation-counter/messages elements/participation-counter/participation-counter
    elements/participation-counter/participation-counter.styles
    elements/participation-counter/participation-counter.view
    i18n/duration
    i18n/locales/fr/participation-counter
    platform/count platform/decode-count
    platform/documents/public-counts
    state/count
  `,
  'event-list': `
    domain/event
    elements/event-list/event-list elements/event-list/event-list.styles elements/event-list/messages
    i18n/locales/fr/event-list
    platform/event platform/event-list
    platform/documents/event-list
    state/event-list
  `,
  'proposal-list': `
    domain/proposal
    elements/proposal-list/messages elements/proposal-list/proposal-list elements/proposal-list/proposal-list.styles
    elements/proposal-list/proposal-list.template elements/proposal-list/proposal-list.view
    elements/proposal-list/shown
    i18n/locales/fr/proposal-list
    platform/proposal-list platform/shared-proposal-list
    platform/documents/proposal-list
    state/proposal-list state/proposal-list-filters
  `,
  'vote-button': `
    domain/ballot domain/money domain/recorded
    elements/base/farewell-controller elements/base/speech elements/base/voting-events elements/base/writer
    elements/vote-button/messages elements/vote-button/vote-button elements/vote-button/vote-button.message
    elements/vote-button/vote-button.styles elements/vote-button/vote-button.template
    elements/vote-button/vote-button.view
    i18n/money
    i18n/locales/fr/vote-button
    platform/ask
    platform/ballot/read
    platform/documents/ballot platform/documents/public-proposal
    state/action-controller state/alone state/ballot state/viewer state/wiped-controller
    ui/fill.styles ui/room.styles
  `,
  'budget-basket': `
    domain/verdict
    elements/budget-basket/budget-basket elements/budget-basket/budget-basket.events
    elements/budget-basket/budget-basket.message elements/budget-basket/budget-basket.styles
    elements/budget-basket/budget-basket.template elements/budget-basket/budget-basket.view
    elements/budget-basket/messages
    i18n/locales/fr/budget-basket
    platform/ballot/basket
    platform/documents/basket
    state/basket state/device state/draft state/offline-controller state/resources-controller state/tab
  `,
  'login-prompt': `
    elements/login-prompt/login-prompt elements/login-prompt/login-prompt.styles
    elements/login-prompt/login-prompt.view elements/login-prompt/messages elements/login-prompt/password-form
    elements/login-prompt/ways
    i18n/locales/fr/login-prompt
    platform/ballot/sign-in
    platform/documents/sign-in
    state/session-controller state/sign-in state/window-controller
  `,
  platform: `
    @lit/context/lib/context-root.js @lit/context/lib/value-notifier.js
    @lit/context/lib/controllers/context-provider.js
    elements/platform/platform
  `,
  // What some elements share.
  lists: `
    elements/base/cap-list elements/base/list.styles elements/base/list.view
    platform/connection platform/paging
  `,
  pages: 'state/list-pages',
  // What a page needs later, or seldom.
  act: 'platform/ballot/act platform/documents/votes',
  announcer: 'ui/announcer',
  arrange: 'platform/ballot/arrange platform/documents/arranging',
  'basket-choices': `
    elements/budget-basket/bar elements/budget-basket/bar.styles elements/budget-basket/choices
    elements/budget-basket/choices.message elements/budget-basket/choices.messages
    elements/budget-basket/choices.news elements/budget-basket/choices.styles
    elements/budget-basket/choices.template elements/budget-basket/drag elements/budget-basket/review
    i18n/locales/fr/basket-choices
  `,
  board: 'elements/participation-counter/board state/wake-lock-controller',
  calendar: 'elements/event-list/event-list.calendar',
  doctor: 'core/doctor',
  en: `
    i18n/locales/en/basket-choices i18n/locales/en/budget-basket i18n/locales/en/common i18n/locales/en/event-list
    i18n/locales/en/farewell i18n/locales/en/login-prompt i18n/locales/en/participation-counter
    i18n/locales/en/project-card i18n/locales/en/project-list i18n/locales/en/proposal-list i18n/locales/en/results
    i18n/locales/en/vote-button i18n/locales/en/vote-press
  `,
  entities: 'platform/entities',
  farewell: 'elements/base/farewell i18n/locales/fr/farewell state/farewell state/idle',
  'hand-over': 'domain/handoff state/asked state/handoff',
  leave: 'state/forget state/return-controller state/wish',
  links: 'link-stand links domain/link page/hidden-element',
  'made-by-link': 'core/made-by-link',
  press: `
    elements/vote-button/vote-button.press elements/vote-button/vote-button.talk
    i18n/locales/fr/vote-press
    state/act state/act-controller
  `,
  'public-proposal-list': 'platform/public-proposal-list platform/documents/public-proposal-list',
  recovery: 'platform/recovery',
  refresh: 'elements/participation-counter/refresh state/poll-controller state/poller',
  results: `
    domain/results
    elements/budget-basket/results elements/budget-basket/results.styles
    i18n/locales/fr/results
    platform/results
    platform/documents/results
    state/results
  `,
  'script-tag': 'script-tag',
  session: 'platform/session-project platform/documents/session',
  'session-count': 'platform/session-count platform/documents/session-counts',
  'session-lists': `
    platform/session-event-list platform/session-project-list
    platform/documents/session-event-list platform/documents/session-project-list
  `,
  'structured-data': `
    elements/event-list/event-list.data
    elements/project-list/project-list.data
    ui/structured-data
  `,
};
