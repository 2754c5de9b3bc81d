import assert from 'node:assert/strict';
import { suite, test } from 'node:test';

import type { ErrorCode } from '../../src/core/errors.js';
import type { Ballot } from '../../src/domain/ballot.js';
import { messageFor, type Writer } from '../../src/elements/vote-button/vote-button.message.js';
import { questionOf, talkOf } from '../../src/elements/vote-button/vote-button.talk.js';
import type { VoteButtonView } from '../../src/elements/vote-button/vote-button.view.js';
import { formatMessage } from '../../src/i18n/format.js';
import { voteButton as english } from '../../src/i18n/locales/en/vote-button.js';
import { votePress as englishPress } from '../../src/i18n/locales/en/vote-press.js';
import { voteButton as french } from '../../src/i18n/locales/fr/vote-button.js';
import { votePress as frenchPress } from '../../src/i18n/locales/fr/vote-press.js';
import { choice } from '../support/choice.js';

type Ready = Extract<VoteButtonView, { kind: 'ready' }>;

/** Every code of the contract. */
const CODES: readonly ErrorCode[] = Object.keys({
  network: 0,
  timeout: 0,
  offline: 0,
  'rate-limited': 0,
  unauthorized: 0,
  forbidden: 0,
  'not-found': 0,
  'platform-disabled': 0,
  'bad-response': 0,
  'invalid-id': 0,
  'not-a-platform': 0,
  'bad-request': 0,
  server: 0,
  'already-voted': 0,
  'not-voted': 0,
  'vote-limit-reached': 0,
  'not-enough-budget': 0,
  'step-closed': 0,
  'not-votable': 0,
  'requirements-missing': 0,
  'phone-already-used': 0,
  'contribution-not-allowed': 0,
  'bad-credentials': 0,
  'captcha-required': 0,
  'email-unconfirmed': 0,
  'popup-blocked': 0,
  cancelled: 0,
} satisfies Record<ErrorCode, 0>) as ErrorCode[];

const START = Date.UTC(2026, 3, 20);
const END = Date.UTC(2026, 5, 15);

const rules = (fields: Partial<Ballot> = {}, dates: Partial<Ballot['step']> = {}): Ballot => ({
  step: {
    id: 'step',
    kind: 'selection',
    title: 'Vote',
    startAt: START,
    endAt: END,
    timeless: false,
    votable: true,
    ...dates,
  },
  url: 'https://participez.valmont.example/step',
  wording: 'vote',
  votesLimit: null,
  votesMin: null,
  budget: null,
  ranking: false,
  threshold: null,
  secret: null,
  chosen: [],
  ...fields,
});
const view = (fields: Partial<Ready> = {}): Ready => ({
  kind: 'ready',
  proposal: {
    id: 'p',
    title: 'Une guinguette',
    url: 'https://participez.valmont.example/p',
    archived: false,
    cost: 40_000,
    inStep: true,
    count: null,
    own: null,
  },
  ballot: rules(),
  act: 'vote',
  voted: false,
  settled: false,
  blocked: null,
  question: null,
  wish: null,
  outcome: null,
  account: null,
  waitsFor: null,
  missing: 0,
  refused: null,
  ...fields,
});

const writer = (texts: typeof english, locale: string): Writer => ({
  t: (key, params) => formatMessage(locale, texts, key, params),
  date: (instant) => new Date(instant).toISOString(),
  end: (instant) => new Date(instant - 1).toISOString(),
  money: (euros) => `${euros} EUR`,
});

const sentence = (seen: Ready, texts: typeof english = french, locale = 'fr'): string | null => {
  const talk = talkOf(seen);
  if (talk) return formatMessage(locale, locale === 'fr' ? frenchPress : englishPress, talk.key, talk.params);
  const write = writer(texts, locale);
  const said = messageFor(seen, write);
  return said && write.t(said.key, said.params);
};

suite('the sentence under a vote button', () => {
  for (const code of CODES)
    test(`says something whole for ${code}, in both languages`, () => {
      const refused = view({ refused: code, code });
      for (const text of [sentence(refused), sentence(refused, english, 'en')]) {
        assert.ok(text, 'There is no sentence.');
        assert.match(text, /^[A-ZÀ-Ý].+\.$/);
        assert.doesNotMatch(text, /[{}]|undefined|null/);
      }
    });

  test('says that nothing is recorded for each failure of the connection', () => {
    for (const code of ['network', 'timeout', 'offline', 'rate-limited', 'bad-response', 'server'] as const)
      assert.match(sentence(view({ refused: code })) ?? '', /^Votre choix n’est pas enregistré/);
  });

  test('never says so of a reading that failed', () => {
    for (const code of CODES)
      assert.doesNotMatch(sentence(view({ code, voted: true })) ?? '', /pas enregistré|Rien n’a été enregistré/);
  });

  const cases: readonly [what: string, seen: Partial<Ready>, text: string | null][] = [
    ['nothing to a visitor who may vote', {}, null],
    ['where to sign in', { act: 'sign-in' }, 'Connectez-vous pour voter.'],
    ['where the vote takes place', { act: 'hand-over' }, 'Le vote se fait dans une fenêtre de la plateforme.'],
    [
      'until when a mind may be changed',
      { voted: true },
      'Vous pouvez changer d’avis jusqu’au 2026-06-14T23:59:59.999Z.',
    ],
    [
      'that the vote is recorded, in a step without an end',
      { voted: true, ballot: rules({}, { endAt: null }) },
      'Votre vote est enregistré.',
    ],
    ['when the vote opens', { blocked: 'step-future' }, 'Le vote ouvre le 2026-04-20T00:00:00.000Z.'],
    [
      'that it is not open, without a date',
      { blocked: 'step-future', ballot: rules({}, { startAt: null }) },
      'Le vote n’est pas encore ouvert.',
    ],
    ['since when it is over', { blocked: 'step-closed' }, 'Le vote est terminé depuis le 2026-06-14T23:59:59.999Z.'],
    [
      'that it is over, without a date',
      { blocked: 'step-closed', ballot: rules({}, { startAt: null, endAt: null }) },
      'Le vote est terminé.',
    ],
    ['that a project is archived', { blocked: 'archived' }, 'Ce projet est archivé : on ne peut plus voter pour lui.'],
    ['that it cannot be voted for', { blocked: 'not-votable' }, 'On ne peut pas voter pour ce projet.'],
    [
      'how many votes are used',
      { blocked: 'vote-limit-reached', ballot: rules({ votesLimit: 3 }) },
      'Vous avez utilisé vos 3 votes. Retirez-en un pour choisir un autre projet.',
    ],
    [
      'what is left of the budget',
      { blocked: 'not-enough-budget', ballot: rules({ budget: 100_000, chosen: [choice('q', 75_000)] }) },
      'Ce projet coûte 40000 EUR, il vous reste 25000 EUR. Retirez un projet pour le choisir.',
    ],
    [
      'never that less than nothing is left',
      { blocked: 'not-enough-budget', ballot: rules({ budget: 10, chosen: [choice('q', 75)] }) },
      'Ce projet coûte 40000 EUR, il vous reste 0 EUR. Retirez un projet pour le choisir.',
    ],
    [
      'how many votes are missing',
      { voted: true, waitsFor: 'minimum', missing: 2 },
      'Encore 2 projets à choisir pour que vos votes comptent.',
    ],
    [
      'what has to be finished',
      { voted: true, waitsFor: 'requirements' },
      'Votre vote est enregistré, mais il ne compte pas encore : il reste une étape.',
    ],
    ['that it is saving', { blocked: 'saving' }, 'Enregistrement de votre choix…'],
    ['that nobody knows', { blocked: 'unsure' }, 'Nous vérifions si votre choix est enregistré.'],
    ['that what is shown is old', { code: 'server' }, 'La plateforme ne répond pas pour le moment.'],
  ];
  for (const [what, seen, text] of cases)
    test(`says ${what}`, () => assert.equal(sentence(view(seen))?.replace(/\u00a0/g, ' ') ?? null, text));

  test('tells the outcome of an act, unless there is more to say', () => {
    assert.equal(sentence(view({ voted: true, outcome: 'recorded' })), 'Votre vote est enregistré.');
    assert.equal(sentence(view({ outcome: 'withdrawn' })), 'Votre vote est retiré.');
    assert.equal(sentence(view({ outcome: 'recorded' })), null, 'It has been taken back elsewhere.');
    const voted = view({ voted: true, outcome: 'recorded' });
    assert.match(sentence({ ...voted, waitsFor: 'email' }) ?? '', /confirmé votre adresse/);
    assert.match(sentence(view({ blocked: 'step-closed', outcome: 'recorded' })) ?? '', /terminé/);
  });

  test('never says of a window without an answer that nothing was recorded', () => {
    const said = sentence(view({ outcome: 'unknown' })) ?? '';
    assert.match(said, /ne sait pas/);
    assert.doesNotMatch(said, /[Rr]ien n’a été/);
  });

  for (const [texts, locale] of [
    [frenchPress, 'fr'],
    [englishPress, 'en'],
  ] as const)
    test(`asks a whole question for each reason, naming the project or what may be recorded (${locale})`, () => {
      for (const question of ['session', 'link', 'unknown'] as const)
        for (const wish of [true, false]) {
          const asked = questionOf(view({ question, wish, account: 'Lucie' }));
          assert.ok(asked);
          const text = formatMessage(locale, texts, asked.key, asked.params);
          assert.match(text, /\?$/);
          assert.doesNotMatch(text, /[{}]|undefined|null/);
          if (question !== 'unknown') assert.ok(text.includes('Une guinguette'), text);
          if (question === 'session') assert.ok(text.includes('Lucie'), text);
        }
    });
});
