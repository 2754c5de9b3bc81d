import { ELEMENTS } from '../support/elements.js';
import { widgetSuite, type Subject } from '../suites/widget.suite.js';

const LEVEL = ['heading-level', '2', 2] as const;
const ATTRIBUTES: Readonly<Record<string, Subject['attributes']>> = {
  'cap-project-card': [
    ['project-id', ' “x” ', 'x'],
    ['layout', 'horizontal', 'horizontal'],
    ['hide', 'cover step', ['cover', 'step']],
    LEVEL,
  ],
  'cap-participation-counter': [
    ['project-id', 'x', 'x'],
    ['step-id', 'x', 'x'],
    ['proposal-id', 'x', 'x'],
    ['consultation-id', 'x', 'x'],
    ['questionnaire-id', 'x', 'x'],
    ['metric', 'replies', 'replies'],
    ['refresh', '30', 30],
    ['display', 'tile', 'tile'],
    ['label', 'voix', 'voix'],
  ],
  'cap-project-list': [
    ['theme', 't', 't'],
    ['district', 'd', 'd'],
    ['status', 'open', 'open'],
    ['order', 'popular', 'popular'],
    ['layout', 'list', 'list'],
    ['first', '6', 6],
    ['structured-data', '', true],
    LEVEL,
  ],
  'cap-event-list': [
    ['project-id', 'x', 'x'],
    ['when', 'past', 'past'],
    ['first', '6', 6],
    ['structured-data', '', true],
    LEVEL,
  ],
  'cap-proposal-list': [
    ['step-id', 'x', 'x'],
    ['order', 'votes', 'votes'],
    ['category', 'c', 'c'],
    ['district', 'd', 'd'],
    ['theme', 't', 't'],
    ['term', 'vélo', 'vélo'],
    ['first', '6', 6],
    ['layout', 'list', 'list'],
    ['sync-url', '', true],
    LEVEL,
  ],
  'cap-budget-basket': [['step-id', 'x', 'x'], ['display', 'bar', 'bar'], LEVEL],
  'cap-vote-button': [
    ['proposal-id', 'x', 'x'],
    ['step-id', 'x', 'x'],
    ['variant', 'compact', 'compact'],
    ['public-vote', '', true],
  ],
  'cap-login-prompt': [['message', 'Pour voter', 'Pour voter']],
};

/** Where a number stands when all is well, these say what has gone wrong. */
const MESSAGES: Readonly<Record<string, string>> = { 'cap-project-list': 'count', 'cap-event-list': 'count' };

for (const [tag, set] of Object.entries(ELEMENTS))
  widgetSuite({ tag, set, attributes: ATTRIBUTES[tag] ?? [], message: MESSAGES[tag] });
