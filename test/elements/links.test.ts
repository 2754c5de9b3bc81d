import { expect } from '@open-wc/testing';

// The one-file build: it finds the links that stand for a widget as the autoloader does.
import '../../src/all.js';
import { project } from '../support/fixtures.js';
import { inState, nextTask, place, testPage, until, within } from '../support/page.js';
import { names, textOf, fallbackShown } from '../support/perceive.js';

describe('a link that stands for a widget', () => {
  const page = testPage();

  it('becomes it in its place, with itself as the fallback', async () => {
    page.platform.put(project('x'));
    const main = place(`<p>Avant</p>
      <a href="https://ville.example/x" data-cap="project-card" data-cap-project-id="x" data-cap-heading-level="2" class="own">Le projet</a>
      <p>Après</p>`);
    await until(() => main.querySelector('cap-project-card'), 'the link stays a link');
    const card = within(main, 'cap-project-card');
    expect([...main.children].map(({ localName }) => localName)).to.deep.equal(['p', 'cap-project-card', 'p']);
    expect(card.querySelector('a')?.outerHTML).to.equal('<a href="https://ville.example/x" class="own">Le projet</a>');
    await inState(card, 'ready');
    expect(names(card, 'heading')).to.deep.equal(['Budget participatif 2026']);
    expect(card.shadowRoot?.querySelectorAll('h2')).to.have.length(1);
    expect(fallbackShown(card)).to.be.false;
  });

  it('brings in nothing that could run or restyle, though a filter let it pass as data', async () => {
    page.platform.put(project('x'));
    const main = place(`<a href="/x" data-cap="project-card" data-cap-project-id="x" data-cap-onfocus="throw 1"
      data-cap-style="position:fixed" data-cap-tabindex="0" data-cap-id="x" data-cap-autofocus="">Le projet</a>`);
    await until(() => main.querySelector('cap-project-card'), 'the link stays a link');
    const card = within(main, 'cap-project-card');
    expect(card.getAttributeNames().sort()).to.deep.equal(
      ['layout', 'project-id'].filter((name) => card.hasAttribute(name)),
    );
    expect(card.querySelector('a')?.getAttributeNames()).to.deep.equal(['href']);
  });

  it('is found when it comes later, and its kind may be any', async () => {
    page.platform.put(project('x'));
    const main = place('');
    await nextTask();
    main.innerHTML =
      '<a href="/x" data-cap="participation-counter" data-cap-project-id="x" data-cap-metric="contributors">Qui</a>';
    await until(() => main.querySelector('cap-participation-counter'), 'the link stays a link');
    const counter = within(main, 'cap-participation-counter');
    await inState(counter, 'ready');
    expect(textOf(counter)).to.match(/^3 912 participants/);
  });

  it('stays a link where there is no such widget, and the console says which there are', async () => {
    const main = place('<a href="/x" data-cap="projet">Le projet</a>');
    await until(() => page.warnings.length > 0, 'nobody is told');
    expect(page.warnings).to.have.length(1);
    expect(page.warnings[0]).to.contain('data-cap="projet" is no widget').and.to.contain('project-card');
    expect(names(main, 'link')).to.deep.equal(['Le projet']);
  });
});
