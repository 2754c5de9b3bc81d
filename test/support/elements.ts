/** One of each element, with something of everything that it shows. */
import '../../src/elements/event-list/define.js';
import '../../src/elements/login-prompt/define.js';
import '../../src/elements/project-list/define.js';
import '../../src/elements/proposal-list/define.js';
import { basketHtml, BASKET } from './basket.js';
import { project } from './fixtures.js';
import { event, lists } from './lists.js';
import type { TestPage } from './page.js';
import { listed, putProposals } from './proposal-fixtures.js';
import { openWays } from './sign-in.js';
import { inSession, TAG, voteButton } from './voting.js';

const LINK = '<a href="https://ville.example/">Sur la plateforme</a>';
/** Every element that shows something, by its tag: what it needs, and the HTML for it. */
export const ELEMENTS: Readonly<Record<string, (page: TestPage) => string>> = {
  'cap-project-card': ({ platform }) => {
    platform.put(project('x'));
    return `<cap-project-card project-id="x">${LINK}</cap-project-card>`;
  },
  'cap-participation-counter': ({ platform }) => {
    platform.put(project('x'));
    return `<cap-participation-counter project-id="x">${LINK}</cap-participation-counter>`;
  },
  'cap-project-list': ({ platform }) => {
    lists(platform, 'projects', [project('x'), project('y')]);
    return `<cap-project-list>${LINK}</cap-project-list>`;
  },
  'cap-event-list': ({ platform }) => {
    lists(platform, 'events', [event('x', 'Atelier', '2026-07-12 09:00:00', null)]);
    return `<cap-event-list>${LINK}</cap-event-list>`;
  },
  'cap-proposal-list': ({ platform }) => {
    putProposals(platform, [listed(1, { status: { id: 's', name: 'Lauréate', color: 'SUCCESS' } })]);
    return `<cap-proposal-list step-id="vote">${LINK}</cap-proposal-list>`;
  },
  [BASKET]: (page) => {
    putProposals(page.platform, [listed(1)]);
    page.platform.signIn();
    page.platform.votes.put('p1', 'vote');
    inSession(page);
    return basketHtml();
  },
  [TAG]: (page) => {
    putProposals(page.platform, [listed(1)]);
    page.platform.signIn();
    inSession(page);
    return voteButton('proposal-id="p1" step-id="vote"');
  },
  'cap-login-prompt': (page) => {
    openWays(page.platform, { signedIn: true });
    inSession(page);
    return `<cap-login-prompt>${LINK}</cap-login-prompt>`;
  },
};
