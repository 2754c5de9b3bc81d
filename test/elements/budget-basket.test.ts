import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';

import {
  ballotPage,
  BASKET,
  basketChanges,
  basketHtml,
  choose,
  chosen,
  fill,
  handoffWindow,
  pressIn,
  said,
  status,
  use,
  vote,
} from '../support/basket.js';
import { inState, mount, nextTask, testPage, until } from '../support/page.js';
import { claim, disclaim } from '../../src/state/tab.js';
import { announced, byRole, fallbackShown, focused, nameOf, names, textOf } from '../support/perceive.js';
import { DRAFT, pressed, voteChanges } from '../support/voting.js';

describe('a basket beside a hand-over page', () => {
  const page = testPage();
  const changes = basketChanges();
  const votes = voteChanges();
  const handoff = handoffWindow(page);

  it('says how the vote works before anything is chosen, and keeps nothing', async () => {
    fill(page.platform, { votesLimit: 3, votesMin: 2, budget: 90_000, votesHelpText: '<p>Lisez <b>bien</b>.</p>' });
    const basket = await ballotPage(page);
    expect(said(basket)).to.contain('3 projets au plus. 2 projets au moins : avec moins, aucun vote ne compte.');
    expect(said(basket)).to.contain('90 000 € à répartir.');
    expect(said(basket)).to.contain('Un compte sur la plateforme suffit pour voter. Lisez bien.');
    expect(status(basket)).to.equal('Vous n’avez encore rien choisi. Vous avez 90 000 € à répartir.');
    expect(basket.matches(':state(none)')).to.be.true;
    expect([localStorage.length, changes.length, announced('status')]).to.deep.equal([0, 0, '']);
  });

  it('takes up what is chosen on the page, says so once, and keeps it on the device', async () => {
    fill(page.platform, { votesLimit: 3, votesMin: 2, budget: 90_000 });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    await until(() => announced('status') !== '', 'nothing is said');
    expect(announced('status')).to.equal(
      'Projet frigos est dans vos choix. Encore 1 projet à choisir pour que votre vote compte (1 sur 2).',
    );
    expect(basket.matches(':state(incomplete)')).to.be.true;
    expect(byRole(basket, 'button', 'Relire et envoyer').ariaDisabled).to.equal('true');
    await choose(basket, 'guinguette');
    expect(chosen(basket)).to.deep.equal(['frigos', 'guinguette']);
    expect(said(basket)).to.contain('42 000 € sur 90 000 €. Il vous reste 48 000 €.');
    expect(said(basket)).to.contain('2 projets sur 3');
    expect(localStorage.getItem(DRAFT)).to.contain('frigos');
    expect(changes).to.deep.equal([
      {
        stepId: 'vote',
        proposalIds: ['frigos'],
        spent: 12_000,
        left: 78_000,
        votesUsed: 1,
        votesLeft: 2,
        valid: false,
      },
      {
        stepId: 'vote',
        proposalIds: ['frigos', 'guinguette'],
        spent: 42_000,
        left: 48_000,
        votesUsed: 2,
        votesLeft: 1,
        valid: true,
      },
    ]);
    expect(page.platform.mutations).to.be.empty;
  });

  it('shows as the sum what the costs on screen come to, cents included', async () => {
    fill(page.platform, { votesLimit: null, votesMin: null, budget: 90_000 });
    page.platform.change('frigos', { estimation: 12_000 });
    page.platform.change('guinguette', { estimation: 1_250.5 });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'guinguette');
    await until(() => said(basket).includes('sur 90 000 €'), 'no sum is shown');
    expect(said(basket)).to.contain('12 000 €').and.to.contain('1 250,50 €');
    expect(said(basket)).to.contain('13 250,50 € sur 90 000 €. Il vous reste 76 749,50 €.');
    expect(changes.at(-1)).to.include({ spent: 13_250.5, left: 76_749.5 });
  });

  it('gives choices up, and leaves the visitor at the next one', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'verger', 'kiosque');
    byRole(basket, 'button', 'Retirer Projet verger').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => chosen(basket).length === 2, 'the choice stays');
    await until(() => nameOf(focused() as Element) === 'Retirer Projet kiosque', 'the focus is lost');
    await until(() => announced('status').startsWith('Projet verger n’est plus dans vos choix.'), 'it is not said');
    pressIn(basket, 'Retirer Projet kiosque');
    pressIn(basket, 'Retirer Projet frigos');
    await inState(basket, 'none');
    expect(localStorage.length).to.equal(0);
  });

  it('is read once more, and then sent whole within the click', async () => {
    fill(page.platform, { votesRanking: true, votesLimit: 3 });
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'verger');
    expect(said(basket)).to.contain('3 points').and.to.contain('2 points');
    pressIn(basket, 'Descendre Projet frigos');
    await until(() => chosen(basket).join() === 'verger,frigos', 'the order stays');
    await until(() => announced('status') === 'Projet frigos est en position 2 sur 2.', 'the place is not said');
    expect(nameOf(focused() as Element)).to.equal('Monter Projet frigos');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    expect(said(basket)).to.contain('Vérifiez vos choix avant l’envoi');
    expect(focused()?.textContent).to.contain('Vérifiez vos choix');
    const { host } = new URL(page.platform.url);
    byRole(basket, 'button', `Envoyer à ${host}`).click();
    expect(handoff.address?.get('proposals'), 'A window opens within the click.').to.equal('verger,frigos');
    expect(handoff.address?.get('action')).to.equal('ballot');
    await inState(basket, 'pending');
    expect(status(basket)).to.equal('Terminez votre vote dans la fenêtre de la plateforme.');
    await handoff.answer([vote('verger'), vote('frigos')]);
    await inState(basket, 'recorded');
    expect(said(basket)).to.contain('Vos choix sont enregistrés. Vous pouvez encore ajouter 1 projet.');
    expect(localStorage.length).to.equal(0);
    expect(votes.map(({ proposalId }) => proposalId)).to.deep.equal(['verger', 'frigos']);
    await until(() => announced('status').startsWith('Vos choix sont enregistrés'), 'it is not said');
  });

  it('says what was refused for each choice, and sends the whole ballot again', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos', 'verger');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    byRole(basket, 'button', `Envoyer à ${new URL(page.platform.url).host}`).click();
    await handoff.answer(
      [vote('frigos'), vote('verger', { voted: false, accounted: false, code: 'phone-already-used' })],
      'failed',
    );
    await until(() => !basket.matches(':state(pending)'), 'it does not end');
    expect(said(basket)).to.contain('Tout n’a pas pu être enregistré.');
    expect(said(basket)).to.contain('Enregistré.').and.to.contain('ce numéro de téléphone a déjà servi');
    expect(localStorage.getItem(DRAFT)).to.contain('verger');
    await until(() => announced('alert').includes('Tout n’a pas pu'), 'it is not said');
    pressIn(basket, 'Renvoyer');
    expect([handoff.opened, handoff.address?.get('proposals')]).to.deep.equal([2, 'frigos,verger']);
    await handoff.answer([vote('frigos'), vote('verger')]);
    await inState(basket, 'recorded');
    expect(localStorage.length).to.equal(0);
  });

  it('keeps the choices when the window seems to be closed, claims nothing, and takes the answer that comes later', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    byRole(basket, 'button', `Envoyer à ${new URL(page.platform.url).host}`).click();
    await inState(basket, 'pending');
    await until(() => {
      handoff.close();
      return !basket.matches(':state(pending)');
    }, 'the closed window is not noticed');
    await inState(basket, 'away');
    expect(said(basket)).to.contain('cette page ne sait pas ce qu’ils sont devenus');
    expect(said(basket)).not.to.match(/[Rr]ien n’a été enregistré/);
    expect(chosen(basket)).to.deep.equal(['frigos']);
    expect(page.events.filter(({ type }) => type === 'cap-error')).to.be.empty;
    await handoff.answer([vote('frigos')]);
    await inState(basket, 'recorded');
    expect(votes.map(({ proposalId }) => proposalId)).to.deep.equal(['frigos']);
    expect(localStorage.length).to.equal(0);
  });

  it('says that nothing was recorded where the platform’s page says so', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    byRole(basket, 'button', `Envoyer à ${new URL(page.platform.url).host}`).click();
    await handoff.answer([], 'cancelled');
    await until(() => !basket.matches(':state(pending)'), 'it does not end');
    expect(said(basket)).to.contain('À la connaissance de cette page, rien n’a été enregistré.');
    expect(page.events).to.deep.include({ type: 'cap-error', tag: BASKET, code: 'cancelled', retryable: false });
  });

  it('says of choices that another tab has begun how many there are and of when, and nothing else before they are called his', async () => {
    fill(page.platform);
    const name = `${page.platform.url} vote`;
    const at = page.clock.now() - 9 * 86_400_000;
    const choices = ['frigos', 'verger'].map((id) => ({ proposalId: id, title: id, url: page.platform.url, cost: 1 }));
    const put = (): void =>
      localStorage.setItem(DRAFT, JSON.stringify({ ballots: { [name]: { chosen: choices, at } } }));
    put();
    const basket = await ballotPage(page);
    await inState(basket, 'found');
    expect(status(basket)).to.equal(
      '2 choix du 3 mai 2026 à 18 h 42 sont gardés sur cet appareil. Sont-ils les vôtres ?',
    );
    expect(textOf(basket.parentElement as Element)).not.to.match(/\bfrigos.*Retirer/);
    for (const button of basket.parentElement?.querySelectorAll('cap-vote-button') ?? [])
      expect(pressed(button)).to.equal('false');
    expect(changes.flatMap(({ proposalIds }) => proposalIds)).to.be.empty;
    pressIn(basket, 'Oui, reprendre');
    await until(() => chosen(basket).length === 2, 'they are not taken up');
    basket.parentElement?.remove();
    await nextTask();
    disclaim(name);
    put();
    const again = await ballotPage(page);
    pressIn(again, 'Non, effacer');
    await until(() => localStorage.length === 0, 'they are not forgotten');
    await until(() => announced('status').startsWith('C’est effacé'), 'it is not said');
  });

  it('goes when its visitor says that he is done: here, and on the platform’s page', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    await until(() => names(basket, 'button').includes('J’ai terminé'), 'nobody can leave');
    pressIn(basket, 'J’ai terminé');
    expect(handoff.address?.get('action')).to.equal('leave');
    await inState(basket, 'none');
    expect([localStorage.length, textOf(basket).includes('Il ne reste rien')]).to.deep.equal([0, false]);
    await handoff.answer([], 'done', { forget: true, signedIn: false });
    await until(() => textOf(basket).includes('Il ne reste rien de vous sur cet appareil.'), 'it is not said');
  });

  it('asks whether it was confirmed after a visit to the platform in this tab', async () => {
    fill(page.platform);
    const name = `${page.platform.url} vote`;
    const chosenBefore = [{ proposalId: 'frigos', title: 'Frigos', url: page.platform.url, cost: 1 }];
    const stored = { chosen: chosenBefore, away: true, at: page.clock.now() };
    const keep = (): void => {
      claim(name);
      localStorage.setItem(DRAFT, JSON.stringify({ ballots: { [name]: stored } }));
    };
    keep();
    const basket = await ballotPage(page);
    expect(status(basket)).to.contain('Les avez-vous confirmés ?');
    expect(basket.matches(':state(away)')).to.be.true;
    pressIn(basket, 'Non, les renvoyer');
    expect(handoff.address?.get('proposals')).to.equal('frigos');
    await handoff.answer([], 'cancelled');
    await until(() => !basket.matches(':state(pending)'), 'it does not end');
    basket.parentElement?.remove();
    await nextTask();
    keep();
    const again = await ballotPage(page);
    pressIn(again, 'Oui, c’est confirmé');
    await inState(again, 'none');
    expect(localStorage.length).to.equal(0);
    await until(() => announced('status').startsWith('C’est noté'), 'it is not said');
  });

  it('reads what has changed since: costs, and proposals that are gone', async () => {
    fill(page.platform, { budget: 40_000 });
    const url = page.platform.url;
    const choices = ['frigos', 'kiosque', 'disparu'].map((id) => ({
      proposalId: id,
      title: `Projet ${id}`,
      url,
      cost: 8000,
    }));
    claim(`${url} vote`);
    const stored = { chosen: choices, at: page.clock.now() };
    localStorage.setItem(DRAFT, JSON.stringify({ ballots: { [`${url} vote`]: stored } }));
    const basket = await ballotPage(page);
    await inState(basket, 'lost');
    expect(status(basket)).to.equal('On ne peut plus voter pour l’un de ces projets : il ne sera pas envoyé.');
    expect(said(basket)).to.contain('Son coût a changé : il était de 8 000 €.');
    expect(said(basket)).to.contain('20 000 € sur 40 000 €');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    byRole(basket, 'button', `Envoyer à ${new URL(url).host}`).click();
    expect(handoff.address?.get('proposals')).to.equal('frigos,kiosque');
  });

  it('says by how much the choices are too dear, and what could be given up', async () => {
    fill(page.platform, { budget: 90_000 });
    const basket = await ballotPage(page);
    await choose(basket, 'guinguette', 'frigos', 'verger');
    page.platform.change('vote', { budget: 60_000 });
    await basket.reload();
    await inState(basket, 'over');
    expect(status(basket)).to.equal('Vos choix dépassent de 27 000 € ce que vous pouvez répartir.');
    expect(said(basket)).to.contain('Ce projet dépasse de 27 000 € ce qu’il vous reste.');
    expect(said(basket)).to.contain('C’est 27 000 € de trop.');
    expect(byRole(basket, 'button', 'Relire et envoyer').ariaDisabled).to.equal('true');
    pressIn(basket, 'Retirer Projet guinguette (30 000 €)');
    await inState(basket, 'valid');
    expect(chosen(basket)).to.deep.equal(['frigos', 'verger']);
  });

  it('guesses nothing where the rules cannot be read, and hands over all the same', async () => {
    fill(page.platform, { budget: 10_000, votesLimit: 1 });
    configureRuleless();
    const basket = mount(
      `${['frigos', 'verger'].map((id) => `<cap-vote-button proposal-id="${id}" step-id="vote"></cap-vote-button>`).join('')}${basketHtml()}`,
      BASKET,
    );
    await inState(basket, 'ruleless');
    expect(said(basket)).to.contain('La plateforme vérifiera les règles du vote');
    for (const button of basket.parentElement?.querySelectorAll('cap-vote-button') ?? []) {
      await until(() => names(button, 'button')[0]?.startsWith('Choisir'), 'the button does not choose');
      button.shadowRoot?.querySelector('button')?.click();
    }
    await until(() => chosen(basket).length === 2, 'the choices are not there');
    expect(said(basket)).not.to.contain('€');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    byRole(basket, 'button', `Envoyer à ${new URL(page.platform.url).host}`).click();
    expect(handoff.address?.get('proposals')).to.equal('frigos,verger');

    function configureRuleless(): void {
      use(page, 'hand-over');
      page.platform.fail({ status: 403 }, Infinity, /BasketTerms|Ballot|ProposalVote/);
    }
  });

  it('takes all votes back that it has sent', async () => {
    fill(page.platform);
    const basket = await ballotPage(page);
    await choose(basket, 'frigos');
    const send = (): void => byRole(basket, 'button', `Envoyer à ${new URL(page.platform.url).host}`).click();
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    send();
    await handoff.answer([vote('frigos')]);
    await inState(basket, 'recorded');
    pressIn(basket, 'Retirer Projet frigos');
    await inState(basket, 'none');
    expect(status(basket)).to.contain('Vos votes enregistrés le seront aussi');
    pressIn(basket, 'Relire et envoyer');
    await inState(basket, 'review');
    send();
    expect(handoff.address?.get('proposals')).to.equal('');
    await handoff.answer([vote('frigos', { voted: false, accounted: false })]);
    await until(() => status(basket) === 'Vos votes sont retirés.', 'it is not said');
  });

  it('says where to vote when nothing can be done here', async () => {
    fill(page.platform, { votesLimit: 3 });
    const basket = await ballotPage(page, 'link');
    expect(names(basket, 'button')).to.deep.equal([]);
    expect(said(basket)).to.contain('Le vote se fait sur la plateforme.');
    expect(byRole(basket, 'link', 'Voter sur participez.valmont.example')).to.exist;
  });

  it('shows the page’s own link for a step that is not there', async () => {
    use(page, 'hand-over');
    const basket = mount(basketHtml(), BASKET);
    await inState(basket, 'empty');
    expect(fallbackShown(basket)).to.be.true;
  });
});
