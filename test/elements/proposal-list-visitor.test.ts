import { expect } from '@open-wc/testing';

import '../../src/elements/proposal-list/define.js';
import { configure } from '../../src/state/page-settings.js';
import { announced, byRole, fallbackShown, focused, part, textOf } from '../support/perceive.js';
import {
  inState,
  inTime,
  kindsOf,
  mount,
  nextTask,
  place,
  testPage,
  until,
  within,
  type Widget,
} from '../support/page.js';
import { putProposals } from '../support/proposal-fixtures.js';

const TAG = 'cap-proposal-list';
const LINK = '<a href="https://participez.valmont.example/vote">Le vote sur la plateforme</a>';
const html = (attributes = ''): string => `<${TAG} step-id="vote" ${attributes}>${LINK}</${TAG}>`;

const titles = (element: Element): string[] =>
  [...(element.shadowRoot?.querySelectorAll('li[part=card] a[part=link]') ?? [])].map((link) => link.textContent);
const count = (element: Element): string => textOf(part(element, 'count'));

async function shows(element: Widget, wanted: number): Promise<void> {
  await inState(element, 'ready');
  await until(
    () => !element.matches(':state(pending)') && titles(element).length === wanted,
    `there are ${titles(element).length} cards`,
  );
}

async function shown(wanted: number, attributes?: string): Promise<Widget> {
  const element = mount(html(attributes), TAG);
  await shows(element, wanted);
  return element;
}

/** The control of the filter bar with a name. */
function field(element: Element, name: string): HTMLInputElement | HTMLSelectElement {
  const found = element.shadowRoot?.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`);
  if (!found) throw new Error(`The filters have no ${name}.`);
  return found;
}

function apply(element: Element, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) field(element, name).value = value;
  byRole(element, 'button', 'Appliquer').click();
}

describe('a visitor of a list of proposals', () => {
  const page = testPage();
  const { href } = location;
  afterEach(() => history.replaceState(null, '', href));
  const isAsked = (value: string): boolean => page.platform.requests.some(({ body }) => body.includes(value));

  it('finds only what can be chosen here', async () => {
    putProposals(page.platform, 3);
    const element = await shown(3);
    const options = [...field(element, 'order').querySelectorAll('option')].map(({ label }) => label);
    expect(options).to.deep.equal([
      'Ordre aléatoire',
      'Les plus récentes',
      'Les plus anciennes',
      'Les plus soutenues',
      'Les moins chères',
    ]);
    page.platform.change('vote', {
      form: {
        costable: false,
        usingThemes: false,
        usingCategories: true,
        usingDistrict: false,
        categories: [],
        districts: [],
      },
    });
    await element.reload();
    await until(() => !element.shadowRoot?.querySelector('[name=theme]'), 'themes can be chosen');
    expect(element.shadowRoot?.querySelectorAll('[name]')).to.have.length(2);
    expect(textOf(field(element, 'order'))).not.to.include('Les moins chères');
  });

  it('filters by the button, and hears the outcome once', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10);
    field(element, 'category').value = 'category-1';
    field(element, 'category').dispatchEvent(new Event('change', { bubbles: true }));
    await nextTask();
    expect(isAsked('category-1')).to.be.false;
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(announced('status')));
    apply(element, { category: 'category-1', order: 'oldest' });
    await shows(element, 5);
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    await until(() => announced('status') === '5 propositions', `it says "${announced('status')}"`);
    expect(said.filter(Boolean)).to.have.length.at.most(1);
    observer.disconnect();
    expect(titles(element)).to.deep.equal([1, 3, 5, 7, 9].map((i) => `Proposition ${i}`));
    expect(count(element)).to.equal('5 propositions');
    expect(field(element, 'order').value).to.equal('oldest');
  });

  it('searches, finds nothing, and clears the filters', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10);
    apply(element, { term: '  licorne ' });
    await inState(element, 'empty');
    expect(count(element)).to.equal('Aucune proposition ne correspond.');
    await until(() => announced('status') === 'Aucune proposition ne correspond.', 'nothing is said');
    byRole(element, 'button', 'Effacer les filtres').click();
    await shows(element, 10);
    expect(field(element, 'term').value).to.equal('');
    expect(element.shadowRoot?.querySelectorAll('form button')).to.have.length(1);
    await until(() => announced('status') === '10 propositions', 'nothing is said');
  });

  it('goes back to what the page has set, and follows the page when it sets something else', async () => {
    putProposals(page.platform, 10);
    const element = await shown(5, 'category="category-1" order="oldest"');
    expect(field(element, 'category').value).to.equal('category-1');
    apply(element, { category: '' });
    await shows(element, 10);
    byRole(element, 'button', 'Effacer les filtres').click();
    await shows(element, 5);
    apply(element, { category: '' });
    await shows(element, 10);
    element.setAttribute('category', 'category-0');
    await shows(element, 5);
    expect(titles(element)[0]).to.equal('Proposition 2');
  });

  it('keeps what is shown while other filters are read, and never sees an answer that comes too late', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10);
    const release = page.platform.hold();
    apply(element, { term: 'proposition 1' });
    await inState(element, 'pending');
    expect([kindsOf(element), titles(element).length]).to.deep.equal([['ready'], 10]);
    expect(part(element, 'list').getAttribute('aria-busy')).to.equal('true');
    apply(element, { term: 'proposition 2' });
    await nextTask();
    release();
    await shows(element, 1);
    expect(titles(element)).to.deep.equal(['Proposition 2']);
    expect(page.platform.requests.at(-2)?.aborted).to.be.true;
  });

  it('can change filters with which the list could not be read', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10);
    page.platform.fail({ status: 410 }, Infinity, /proposals\(/);
    apply(element, { term: 'proposition' });
    await inTime(page.clock, () => element.matches(':state(error)'), 'nothing fails');
    expect(textOf(element)).to.include('La plateforme ne répond pas');
    expect(fallbackShown(element)).to.be.false;
    await until(() => announced('alert').includes('La plateforme ne répond pas'), 'nothing is said');
    page.platform.heal();
    apply(element, { term: 'proposition 3' });
    await shows(element, 1);
  });

  it('asks for more, and goes on from the first new proposal', async () => {
    putProposals(page.platform, 30);
    const element = await shown(10, 'first="10" order="oldest"');
    const more = byRole(element, 'button', 'Afficher plus de propositions');
    more.focus();
    more.click();
    await shows(element, 20);
    await until(() => focused()?.textContent === 'Proposition 11', `the focus is on ${focused()?.textContent}`);
    expect(count(element)).to.equal('20 propositions affichées sur 30');
    byRole(element, 'button', 'Afficher plus de propositions').click();
    await shows(element, 30);
    expect(titles(element)).to.deep.equal(Array.from({ length: 30 }, (_, i) => `Proposition ${i + 1}`));
    expect(element.shadowRoot?.querySelector('.more')).to.equal(null);
  });

  it('keeps the cards when more cannot be read, and tries again', async () => {
    putProposals(page.platform, 20);
    const element = await shown(10, 'first="10"');
    page.platform.fail({ status: 403 });
    configure({ platform: page.platform.url, access: 'session' });
    configure({ platform: page.platform.url });
    byRole(element, 'button', 'Afficher plus de propositions').click();
    await until(() => element.shadowRoot?.querySelector('.more [part=message]'), 'nothing is said');
    expect([titles(element).length, kindsOf(element)]).to.deep.equal([10, ['ready']]);
    await until(() => announced('alert') === 'Ce contenu n’est pas public ici.', 'nothing is announced');
    expect(page.events.at(-1)).to.deep.equal({ type: 'cap-error', tag: TAG, code: 'forbidden', retryable: false });
    page.platform.heal();
    byRole(element, 'button', 'Réessayer').click();
    await shows(element, 20);
  });

  it('does not lose the focus to an answer when already elsewhere', async () => {
    putProposals(page.platform, 20);
    const main = place(`${html('first="10"')}<button>Ailleurs</button>`);
    const element = within(main, TAG);
    await shows(element, 10);
    const release = page.platform.hold();
    byRole(element, 'button', 'Afficher plus de propositions').click();
    await nextTask();
    const elsewhere = main.querySelector('button');
    elsewhere?.focus();
    release();
    await shows(element, 20);
    await nextTask();
    expect(focused() === elsewhere).to.be.true;
  });

  it('leaves the address of the page alone', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10);
    apply(element, { term: 'proposition 1' });
    await shows(element, 2);
    expect(location.href).to.equal(href);
  });

  it('has the filters kept in the address where the page wants that, beside what is there', async () => {
    putProposals(page.platform, 10);
    const own = new URL(href);
    own.searchParams.set('page', '7');
    history.replaceState({ of: 'the page' }, '', own);
    const main = place(html('sync-url') + html('sync-url order="oldest"'));
    const [first, second] = [...main.querySelectorAll<Widget>(TAG)];
    if (!first || !second) throw new Error('There are no two lists.');
    await shows(first, 10);
    await shows(second, 10);
    apply(first, { term: 'proposition 1' });
    apply(second, { category: 'category-1', order: 'newest' });
    await shows(first, 2);
    await shows(second, 5);
    const { searchParams } = new URL(location.href);
    expect(searchParams.get('page')).to.equal('7');
    expect(searchParams.get('cap-term')).to.equal('proposition 1');
    expect(searchParams.get('cap2-category')).to.equal('category-1');
    expect(searchParams.get('cap2-order')).to.equal('newest');
    expect(searchParams.has('cap-order')).to.be.false;
    expect(history.state).to.deep.equal({ of: 'the page' });
    // The page is loaded again.
    main.remove();
    await nextTask();
    const again = place(html('sync-url') + html('sync-url order="oldest"'));
    const [third, fourth] = [...again.querySelectorAll<Widget>(TAG)];
    await shows(third as Widget, 2);
    await shows(fourth as Widget, 5);
    expect(field(fourth as Widget, 'order').value).to.equal('newest');
    byRole(fourth as Widget, 'button', 'Effacer les filtres').click();
    await shows(fourth as Widget, 10);
    expect(new URL(location.href).searchParams.has('cap2-category')).to.be.false;
  });

  it('goes back and forth among the addresses of the page', async () => {
    putProposals(page.platform, 10);
    const element = await shown(10, 'sync-url');
    apply(element, { term: 'proposition 1' });
    await shows(element, 2);
    history.pushState(null, '', '#plus-bas');
    apply(element, { term: 'proposition 2' });
    await shows(element, 1);
    history.back();
    await shows(element, 2);
    expect(field(element, 'term').value).to.equal('proposition 1');
  });

  it('is not troubled by an address that means nothing', async () => {
    putProposals(page.platform, 3);
    history.replaceState(null, '', `${href.split('?')[0]}?cap-order=best&cap-nothing=1`);
    const element = await shown(3, 'sync-url');
    expect(field(element, 'order').value).to.equal('random');
  });

  it('keeps the place in a card while the list is read again', async () => {
    putProposals(page.platform, 3);
    const element = await shown(3);
    const link = element.shadowRoot?.querySelectorAll<HTMLElement>('a[part=link]')[1];
    link?.focus();
    page.platform.fail({ status: 403 });
    await element.reload();
    await inState(element, 'stale');
    page.platform.heal();
    await element.reload();
    await until(() => !element.matches(':state(stale)'), 'it stays old');
    expect(focused() === link).to.be.true;
  });
});
