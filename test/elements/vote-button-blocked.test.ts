import { expect } from '@open-wc/testing';

import { configure } from '../../src/state/page-settings.js';
import { broken } from '../support/fake-platform.js';
import { inState, kindsOf, mount, patiently, testPage, until } from '../support/page.js';
import { byRole, names, part, textOf } from '../support/perceive.js';
import {
  control,
  count,
  inSession,
  message,
  press,
  pressed,
  shown,
  shownButton,
  stops,
  TAG,
  voteButton,
  voteChanges,
} from '../support/voting.js';
import { openVote, votable, votingStep, votingStepBetween } from '../support/voting-fixtures.js';

const DAY = 86_400_000;
const TITLE = 'Une guinguette au bord de l’eau';

describe('a vote button that is blocked', () => {
  const page = testPage();
  const changes = voteChanges();

  type Case = readonly [what: string, set: () => void, text: string];
  const cases: readonly Case[] = [
    [
      'before the step',
      () => page.platform.put(votingStepBetween('2026-06-01 09:00:00', '2026-06-15 00:00:00')),
      'Le vote ouvre le 1 juin 2026 à 09 h 00.',
    ],
    [
      'after the step',
      () => page.platform.put(votingStepBetween('2026-04-01 09:00:00', '2026-05-01 00:00:00')),
      'Le vote est terminé depuis le 30 avril 2026 à 23 h 59.',
    ],
    [
      'in a step without dates',
      () => page.platform.put(votingStepBetween(null, null, { state: 'CLOSED', timeless: false })),
      'Le vote est terminé.',
    ],
    [
      'where nothing is voted',
      () => page.platform.change('vote', { votable: false }),
      'On ne peut pas voter pour ce projet.',
    ],
    [
      'in a step in which the proposal is no longer',
      () => page.platform.change('guinguette', { currentVotableStep: null }),
      'On ne peut pas voter pour ce projet.',
    ],
    [
      'for an archived proposal',
      () => page.platform.change('guinguette', { isArchived: true }),
      'Ce projet est archivé : on ne peut plus voter pour lui.',
    ],
    [
      'when the votes are used up',
      () => {
        page.platform.change('vote', { votesLimit: 1 });
        page.platform.put(votable('frigos'));
        page.platform.votes.put('frigos', 'vote');
      },
      'Vous avez utilisé votre vote. Retirez-le pour choisir un autre projet.',
    ],
    [
      'when the money does not suffice',
      () => {
        page.platform.change('vote', { budget: 100_000 });
        page.platform.change('guinguette', { estimation: 40_000 });
        page.platform.put(votable('frigos', 3, 0, { estimation: 75_000 }));
        page.platform.votes.put('frigos', 'vote');
      },
      'Ce projet coûte 40 000 €, il vous reste 25 000 €. Retirez un projet pour le choisir.',
    ],
  ];
  for (const [what, set, text] of cases)
    it(`${what} says why, can be reached, and does nothing`, async () => {
      openVote(page.platform);
      set();
      inSession(page);
      const element = await shown();
      expect(element.matches(':state(blocked)')).to.be.true;
      expect(message(element).replace('1er', '1')).to.equal(text);
      const button = control(element);
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      expect(element.shadowRoot?.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).to.be.ok;
      button.focus();
      button.click();
      expect(element.shadowRoot?.activeElement === button).to.be.true;
      await element.reload();
      expect(page.platform.mutations).to.be.empty;
      expect(changes).to.be.empty;
    });

  it('opens and closes with the step, while the page stays open', async () => {
    openVote(page.platform);
    page.platform.put(votingStepBetween('2026-05-12 18:43:00', '2026-05-12 18:45:00'));
    inSession(page);
    const element = await shown();
    expect(element.matches(':state(blocked)')).to.be.true;
    expect(element.matches(':state(closed)')).to.be.false;
    page.clock.advance(60_000);
    await until(() => !element.matches(':state(blocked)'), 'it does not open');
    page.clock.advance(120_000);
    await inState(element, 'closed');
    expect(message(element)).to.equal('Le vote est terminé depuis le 12 mai 2026 à 18 h 45.');
  });

  for (const [clock, days] of [
    ['ahead', 40],
    ['behind', -40],
  ] as const) {
    it(`is not: the platform says that the vote is open, and the clock is 40 days ${clock}`, async () => {
      page.clock.advance(days * DAY);
      openVote(page.platform);
      page.platform.put(votingStepBetween('2026-04-20 09:00:00', '2026-06-15 00:00:00'));
      inSession(page);
      const element = await shown();
      expect(element.matches(':state(blocked)')).to.be.false;
      expect(control(element).getAttribute('aria-disabled')).not.to.equal('true');
      expect(textOf(element)).not.to.match(/Le vote/);
      await press(element);
      expect(pressed(element)).to.equal('true');
    });
  }

  it('does not say since when, where the platform calls the vote over and the clock does not', async () => {
    page.clock.advance(-40 * DAY);
    openVote(page.platform);
    page.platform.put(votingStepBetween('2026-04-01 09:00:00', '2026-05-01 00:00:00'));
    inSession(page);
    const element = await shown();
    expect(element.matches(':state(closed)')).to.be.true;
    expect(message(element)).to.equal('Le vote est terminé.');
  });

  it('keeps a vote that is recorded in sight after the step', async () => {
    openVote(page.platform);
    page.platform.put(votingStepBetween('2026-04-01 09:00:00', '2026-05-01 00:00:00'));
    page.platform.votes.put('guinguette', 'vote');
    inSession(page);
    const element = await shown();
    expect(pressed(element)).to.equal('true');
    expect(element.matches(':state(voted)')).to.be.true;
    expect(control(element).getAttribute('aria-disabled')).to.equal('true');
  });
});

describe('a vote button whose vote does not count yet', () => {
  const page = testPage();
  voteChanges();

  it('says how many are missing for the minimum', async () => {
    page.platform.votes.put('guinguette', 'vote', { isAccounted: false });
    const element = await shownButton(page, { votesMin: 3 });
    expect(element.matches(':state(not-counted)')).to.be.true;
    expect(pressed(element)).to.equal('true');
    expect(message(element)).to.equal('Encore 2 projets à choisir pour que vos votes comptent.');
  });

  it('leads to the platform’s page for what it still wants to know', async () => {
    const requirementsUrl = 'https://participez.valmont.example/requirements/step/vote/contribution/1';
    page.platform.votes.put('guinguette', 'vote', {
      isAccounted: false,
      completionStatus: 'MISSING_REQUIREMENTS',
      requirementsUrl,
    });
    const element = await shownButton(page);
    expect(message(element)).to.equal('Votre vote est enregistré, mais il ne compte pas encore : il reste une étape.');
    expect(byRole(element, 'link', 'Terminer sur la plateforme').getAttribute('href')).to.equal(requirementsUrl);
  });

  it('asks to confirm the e-mail address', async () => {
    page.platform.votes.put('guinguette', 'vote', { published: false });
    const element = await shownButton(page);
    expect(element.matches(':state(not-counted)')).to.be.true;
    expect(message(element)).to.match(/^Votre vote comptera dès que vous aurez confirmé votre adresse électronique/);
  });
});

describe('a vote button without a session', () => {
  const page = testPage();
  voteChanges();
  const url = 'https://participez.valmont.example/project/budget/proposal/guinguette';

  const link = (element: Element): HTMLElement =>
    byRole(element, 'link', `Voter sur participez.valmont.example pour ${TITLE}`);

  it('is a link to the platform’s own page, with what the rules tell', async () => {
    page.platform.put(votingStep('vote', { voteThreshold: 100 }), votable());
    const element = await shown();
    expect(link(element).getAttribute('href')).to.equal(url);
    expect(textOf(link(element))).to.equal('Voter sur participez.valmont.example');
    expect(stops(element)).to.have.length(1);
    expect(count(element)).to.equal('41 votes');
    expect(textOf(part(element, 'threshold'))).to.equal('41 votes sur les 100 nécessaires');
    for (const { credentials, query } of page.platform.requests) {
      expect(credentials).to.equal('omit');
      expect(query).not.to.match(/isAuthenticated|viewer\b/);
    }
  });

  it('is a plain link where the rules are not told, and has no number that could be secret', async () => {
    page.platform.put(votable());
    configure({ platform: page.platform.url, rules: 'off' });
    for (const attributes of ['proposal-id="guinguette" step-id="vote"', 'proposal-id="guinguette"']) {
      const element = await shown(attributes);
      expect(link(element).getAttribute('href')).to.equal(url);
      expect(textOf(element)).to.equal('Voter sur participez.valmont.example');
      element.remove();
    }
  });

  it('does not promise a vote where there is none', async () => {
    page.platform.put(votingStepBetween('2026-04-01 09:00:00', '2026-05-01 00:00:00'), votable());
    const element = await shown();
    expect(names(element, 'link')).to.deep.equal([`Voir sur participez.valmont.example le projet ${TITLE}`]);
    expect(message(element)).to.equal('Le vote est terminé depuis le 30 avril 2026 à 23 h 59.');
  });

  it('leads to a proposal without a step to vote in', async () => {
    page.platform.put(votable('guinguette', 41, 0, { currentVotableStep: null }));
    for (const access of ['public', 'session']) {
      configure({ platform: page.platform.url, access });
      const element = await shown('proposal-id="guinguette"');
      expect(names(element, 'link')).to.deep.equal([`Voir sur participez.valmont.example le projet ${TITLE}`]);
      expect(message(element)).to.equal('On ne peut pas voter pour ce projet.');
      element.remove();
    }
  });
});

describe('a vote button that cannot be shown', () => {
  const page = testPage();
  voteChanges();

  it('is empty for a proposal that is not there, or a step that is none', async () => {
    page.platform.put(votable());
    page.platform.signIn();
    inSession(page);
    for (const attributes of ['proposal-id="gone" step-id="vote"', 'proposal-id="guinguette" step-id="gone"']) {
      const element = await shown(attributes, 'empty');
      expect(kindsOf(element)).to.deep.equal(['empty']);
      expect(textOf(element)).to.equal('La guinguette Ce contenu n’est pas public ici.');
      element.remove();
    }
    expect(page.events.map(({ type }) => type)).to.deep.equal(['cap-error', 'cap-error']);
  });

  it('is an error without a platform, and without a proposal', async () => {
    configure({});
    const element = await shown(undefined, 'error');
    expect(textOf(element)).to.equal('La guinguette');
    element.remove();
    configure({ platform: page.platform.url });
    expect(textOf(await shown('step-id="vote"', 'error'))).to.equal('La guinguette');
    expect(page.platform.requests).to.be.empty;
  });

  for (const attributes of ['proposal-id="guinguette" step-id="vote"', 'proposal-id="guinguette"'])
    it(`can be tried again after a failure with ${attributes}`, async () => {
      openVote(page.platform);
      inSession(page);
      page.platform.fail({ status: 500 });
      const element = mount(voteButton(attributes), TAG);
      await patiently(page.clock, element, 'error');
      expect(textOf(element)).to.equal('La guinguette La plateforme ne répond pas pour le moment. Réessayer');
      expect(page.events).to.deep.equal([{ type: 'cap-error', tag: TAG, code: 'server', retryable: true }]);
      page.platform.heal();
      byRole(element, 'button', 'Réessayer').focus();
      byRole(element, 'button', 'Réessayer').click();
      await inState(element, 'ready');
      expect(element.shadowRoot?.activeElement === control(element), 'the focus is lost').to.be.true;
    });

  it('has no number and no vote where the platform fails at one', async () => {
    page.platform.votes.put('guinguette', 'vote');
    openVote(page.platform, {}, { viewerVote: broken() });
    inSession(page);
    const element = mount(voteButton(), TAG);
    await patiently(page.clock, element, 'error');
    expect(textOf(element)).not.to.match(/\d/);
  });
});
