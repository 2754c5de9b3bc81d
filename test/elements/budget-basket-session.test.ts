import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import { ballotPage, BASKET, basketChanges, choose, chosen, fill, pressIn, said, status } from '../support/basket.js';
import { inState, nextTask, patiently, testPage, until } from '../support/page.js';
import { announced, byRole, focused, nameOf, names } from '../support/perceive.js';
import { change, comesBack, promptIn, voteChanges } from '../support/voting.js';
import { votingStepBetween } from '../support/voting-fixtures.js';

describe('a basket in the visitor’s session', () => {
  const page = testPage();
  const changes = basketChanges();
  const votes = voteChanges();

  it('shows what is recorded, and records each choice at once', async () => {
    fill(page.platform, { votesLimit: 3 });
    page.platform.signIn();
    page.platform.votes.put('verger', 'vote');
    const basket = await ballotPage(page, 'session');
    expect(chosen(basket)).to.deep.equal(['verger']);
    expect(changes).to.be.empty;
    await choose(basket, 'frigos');
    expect(page.platform.votes.in('vote').map(({ proposalId }) => proposalId)).to.deep.equal(['verger', 'frigos']);
    expect(status(basket)).to.equal('Vos choix sont enregistrés. Vous pouvez encore ajouter 1 projet.');
    expect(said(basket)).to.contain('Vous pouvez changer d’avis jusqu’au 14 juin 2026 à 23 h 59.');
    expect(basket.matches(':state(recorded)')).to.be.true;
    expect(changes.map(({ proposalIds }) => proposalIds)).to.deep.equal([['verger', 'frigos']]);
    expect(localStorage.length).to.equal(0);
  });

  it('takes a recorded vote back, tells the page and the visitor, and leaves him at the next one', async () => {
    fill(page.platform);
    page.platform.signIn();
    for (const id of ['frigos', 'verger', 'kiosque']) page.platform.votes.put(id, 'vote');
    const basket = await ballotPage(page, 'session');
    byRole(basket, 'button', 'Retirer Projet frigos').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => chosen(basket).join() === 'verger,kiosque', 'the vote stays');
    await until(() => !basket.matches(':state(pending)'), 'the act does not end');
    expect(votes).to.deep.equal([change('frigos', false, 3)]);
    await until(() => announced('status').includes('Projet frigos n’est plus dans vos choix.'), 'it is not said');
    await until(() => nameOf(focused() as Element) === 'Retirer Projet verger', 'the focus is lost');
  });

  it('puts recorded votes in order by the whole list, and follows the one that was moved', async () => {
    fill(page.platform, { votesRanking: true, votesLimit: 4 });
    page.platform.signIn();
    for (const id of ['frigos', 'verger', 'kiosque']) page.platform.votes.put(id, 'vote');
    const basket = await ballotPage(page, 'session');
    byRole(basket, 'button', 'Monter Projet kiosque').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => chosen(basket).join() === 'frigos,kiosque,verger', 'the order stays');
    await until(() => !basket.matches(':state(pending)'), 'the act does not end');
    expect(page.platform.votes.in('vote').map(({ proposalId }) => proposalId)).to.deep.equal([
      'frigos',
      'kiosque',
      'verger',
    ]);
    await until(() => nameOf(focused() as Element) === 'Monter Projet kiosque', 'the focus is lost');
    await until(() => announced('status') === 'Projet kiosque est en position 2 sur 3.', 'it is not said');
    await sendKeys({ press: 'Enter' });
    await until(() => chosen(basket).join() === 'kiosque,frigos,verger', 'the order stays');
    // There is nothing above the first one: the visitor goes on from the other button.
    await until(() => nameOf(focused() as Element) === 'Descendre Projet kiosque', 'the focus is lost');
    expect(changes.at(-1)?.proposalIds).to.deep.equal(['kiosque', 'frigos', 'verger']);
  });

  it('moves a choice that is drawn to another place, and only when it is let go there', async () => {
    fill(page.platform, { votesRanking: true, votesLimit: 4 });
    page.platform.signIn();
    for (const id of ['frigos', 'verger', 'kiosque']) page.platform.votes.put(id, 'vote');
    const basket = await ballotPage(page, 'session');
    // No finger is on the screen, which engines that look would refuse.
    basket.setPointerCapture = () => undefined;
    const rows = (): HTMLElement[] => [...(basket.shadowRoot?.querySelectorAll<HTMLElement>('li') ?? [])];
    const draw = async (end: () => void): Promise<void> => {
      const grip = rows()[2]?.querySelector('.grip');
      grip?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, pointerId: 1 }));
      const first = rows()[0]?.getBoundingClientRect();
      await until(() => {
        dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientY: first?.top ?? 0 }));
        return rows()[0]?.hasAttribute('data-drop');
      }, 'the place is not marked');
      end();
    };
    await draw(() => dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })));
    await nextTask();
    expect(chosen(basket)).to.deep.equal(['frigos', 'verger', 'kiosque']);
    await draw(() => dispatchEvent(new PointerEvent('pointerup', { pointerId: 1 })));
    await until(() => chosen(basket).join() === 'kiosque,frigos,verger', 'it does not go there');
    basket.setPointerCapture = () => {
      throw new DOMException('It is up again.', 'NotFoundError');
    };
    rows()[2]
      ?.querySelector('.grip')
      ?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true, pointerId: 1 }));
    await nextTask();
    dispatchEvent(new PointerEvent('pointermove', { pointerId: 1, clientY: 0 }));
    expect(rows().some((row) => row.matches('[data-drop], [data-dragged]'))).to.be.false;
  });

  it('shows the visitor’s name with the votes if he wants that, and only once it is recorded', async () => {
    fill(page.platform);
    page.platform.signIn();
    page.platform.votes.put('frigos', 'vote');
    const basket = await ballotPage(page, 'session');
    const box = basket.shadowRoot?.querySelector('input');
    expect(box?.checked).to.be.false;
    const answer = page.platform.hold();
    box?.click();
    await inState(basket, 'pending');
    expect(box?.checked).to.be.false;
    answer();
    await until(() => box?.checked, 'the name is not shown');
    expect(page.platform.votes.votes.map(({ anonymously }) => anonymously)).to.deep.equal([false]);
    await until(() => announced('status').startsWith('Votre nom est affiché'), 'it is not said');
  });

  it('says what was refused, at once, and shows what is recorded', async () => {
    fill(page.platform);
    page.platform.signIn();
    page.platform.votes.put('frigos', 'vote');
    const basket = await ballotPage(page, 'session');
    page.platform.votes.refuse({ message: 'This step is no longer contributable.' });
    pressIn(basket, 'Retirer Projet frigos');
    await until(() => announced('alert') !== '', 'it is not said');
    expect(announced('alert')).to.equal('Le vote n’est plus ouvert : rien n’a changé.');
    expect(said(basket)).to.contain('Le vote n’est plus ouvert : rien n’a changé.');
    expect(chosen(basket)).to.deep.equal(['frigos']);
    expect(page.events).to.deep.include({ type: 'cap-error', tag: BASKET, code: 'step-closed', retryable: false });
    page.platform.votes.refuse(null);
    pressIn(basket, 'Retirer Projet frigos');
    await inState(basket, 'none');
  });

  it('looks whether an act is recorded that got no answer, and does not send it again', async () => {
    fill(page.platform);
    page.platform.signIn();
    page.platform.votes.put('frigos', 'vote');
    const basket = await ballotPage(page, 'session');
    page.platform.fail('lost', 1, /mutation/);
    pressIn(basket, 'Retirer Projet frigos');
    await patiently(page.clock, basket, 'none');
    expect(page.platform.mutations).to.have.length(1);
    expect(votes).to.have.length(1);
  });

  it('says how to sign in, in a step that shows its rules', async () => {
    fill(page.platform, { votesLimit: 2 });
    const basket = await ballotPage(page, 'session');
    expect(basket.matches(':state(signed-out)')).to.be.true;
    expect(said(basket)).to.contain('2 projets au plus.').and.to.contain('Connectez-vous pour choisir');
    const asked: unknown[] = [];
    basket.addEventListener('cap-login-request', (event) => {
      asked.push(event.detail);
      event.preventDefault();
    });
    pressIn(basket, 'Se connecter');
    await nextTask();
    expect(asked).to.deep.equal([{ reason: 'vote' }]);
    expect(promptIn(basket)).not.to.exist;
  });

  it('shows the ways in, and the visitor’s own choices once he is there', async () => {
    fill(page.platform);
    page.platform.votes.put('verger', 'vote');
    const basket = await ballotPage(page, 'session');
    pressIn(basket, 'Se connecter');
    await until(() => promptIn(basket), 'the ways in are not shown');
    await comesBack(page);
    await until(() => chosen(basket).join() === 'verger', 'the choices do not come');
    await until(() => !promptIn(basket), 'the ways in stay');
  });

  it('does not count votes that wait for a confirmed address', async () => {
    fill(page.platform);
    page.platform.signIn('Lucie Fontaine', false);
    page.platform.votes.put('verger', 'vote');
    const basket = await ballotPage(page, 'session');
    expect(status(basket)).to.contain('dès que vous aurez confirmé votre adresse électronique');
  });
});

describe('a basket when nobody can vote', () => {
  const page = testPage();
  voteChanges();

  it('says when the vote opens, and opens by itself', async () => {
    const { state, timeRange, timeless } = votingStepBetween('2026-05-12 20:00:00', '2026-06-01 00:00:00');
    fill(page.platform, { state, timeRange, timeless });
    page.platform.signIn();
    const basket = await ballotPage(page, 'session');
    expect(status(basket)).to.equal('Le vote ouvre le 12 mai 2026 à 20 h 00.');
    expect(basket.matches(':state(future)')).to.be.true;
    page.clock.advance(2 * 3_600_000);
    await until(() => !basket.matches(':state(future)'), 'it does not open');
    expect(status(basket)).to.contain('Vous n’avez encore rien choisi.');
  });

  for (const [clock, days] of [
    ['ahead', 40],
    ['behind', -40],
  ] as const)
    it(`is open as the platform says, where the clock is 40 days ${clock}`, async () => {
      page.clock.advance(days * 86_400_000);
      const { state, timeRange, timeless } = votingStepBetween('2026-04-20 09:00:00', '2026-06-15 00:00:00');
      fill(page.platform, { state, timeRange, timeless });
      page.platform.signIn();
      page.platform.votes.put('verger', 'vote');
      const basket = await ballotPage(page, 'session');
      expect(basket.matches(':state(closed)') || basket.matches(':state(future)')).to.be.false;
      expect(said(basket)).not.to.match(/depuis|terminé\.|ouvre/);
      await until(() => names(basket, 'button').some((name) => name.includes('verger')), 'it cannot be given up');
    });

  it('is over as the platform says, without since when, where the clock is 40 days behind', async () => {
    page.clock.advance(-40 * 86_400_000);
    const { state, timeRange, timeless } = votingStepBetween('2026-04-01 00:00:00', '2026-05-01 00:00:00');
    fill(page.platform, { state, timeRange, timeless });
    const basket = await ballotPage(page, 'session');
    expect(basket.matches(':state(closed)')).to.be.true;
    expect(status(basket)).to.equal('Le vote est terminé.');
  });

  it('shows recorded choices after the end, without any control but the one by which the visitor leaves', async () => {
    const { state, timeRange, timeless } = votingStepBetween('2026-04-01 00:00:00', '2026-05-01 00:00:00');
    fill(page.platform, {
      state,
      timeRange,
      timeless,
      canDisplayBallot: false,
      publishedVoteDate: '2026-06-02 12:00:00',
    });
    page.platform.signIn();
    page.platform.votes.put('verger', 'vote');
    const basket = await ballotPage(page, 'session');
    expect(status(basket)).to.equal('Le vote est terminé. Les résultats seront publiés le 2 juin 2026 à 12 h 00.');
    expect(chosen(basket)).to.deep.equal(['verger']);
    await until(() => names(basket, 'button').length > 0, 'nobody can leave');
    expect(names(basket, 'button')).to.deep.equal(['J’ai terminé']);
    expect(said(basket)).not.to.match(/\d votes/);
  });

  it('forgets a draft that was not sent in time, and says so', async () => {
    const { state, timeRange, timeless } = votingStepBetween('2026-04-01 00:00:00', '2026-05-13 00:00:00');
    fill(page.platform, { state, timeRange, timeless, canDisplayBallot: false });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    page.clock.advance(24 * 3_600_000);
    await inState(basket, 'closed');
    expect(chosen(basket)).to.deep.equal(['frigos']);
    await until(() => said(basket).includes('Ces choix n’ont pas été envoyés.'), 'it is not said');
    expect(localStorage.length).to.equal(0);
    expect(names(basket, 'button').filter((name) => name !== 'J’ai terminé')).to.deep.equal([]);
  });

  it('says what will be asked of whoever votes, before anything is chosen', async () => {
    const edge = (type: string, more: object = {}): object => ({
      node: { __typename: 'PhoneRequirement', type, ...more },
    });
    fill(page.platform, {
      requirements: {
        reason: 'Réservé aux habitants.',
        edges: [
          edge('PHONE_VERIFIED'),
          edge('DATE_OF_BIRTH'),
          edge('CHECKBOX', { __typename: 'CheckboxRequirement', label: 'J’habite ici' }),
        ],
      },
    });
    const basket = await ballotPage(page);
    await until(() => said(basket).includes('Pour voter'), 'it is not said');
    expect(said(basket)).to.contain(
      'Pour voter, il faut un compte sur la plateforme et : un code reçu par SMS, votre date de naissance et votre accord sur « J’habite ici ».',
    );
    expect(said(basket)).to.contain('Réservé aux habitants.');
  });

  it('says it before the vote opens as well', async () => {
    const { state, timeRange, timeless } = votingStepBetween('2026-05-20 20:00:00', '2026-06-01 00:00:00');
    const node = { __typename: 'PhoneRequirement', type: 'PHONE_VERIFIED' };
    fill(page.platform, { state, timeRange, timeless, requirements: { reason: null, edges: [{ node }] } });
    const basket = await ballotPage(page, 'link');
    await until(() => said(basket).includes('un code reçu par SMS'), 'it is not said');
    expect(basket.matches(':state(future)')).to.be.true;
  });
});
