import { expect } from '@open-wc/testing';

// The one-file build: it finds the links that stand for a widget as the autoloader does.
import '../../src/all.js';
import { isMadeByLink } from '../../src/core/made-by-link.js';
import { fallbackShown, focused, names, textOf } from '../support/perceive.js';
import { project } from '../support/fixtures.js';
import { inState, nextTask, place, testPage, until, within, type Widget } from '../support/page.js';

const LINK = '<a href="https://ville.example/x" data-cap="project-card" data-cap-project-id="x">Le projet</a>';
const CARD = 'cap-project-card';
const COUNTER = 'cap-participation-counter';

const isSeen = (element: Element): boolean => element.getClientRects().length > 0;
/** What stands where the link was written: the link, and whatever follows it. */
const tagsIn = (main: Element): string[] => [...main.children].map(({ localName }) => localName);
const linkIn = (main: Element): HTMLAnchorElement => within(main, 'a') as Element as HTMLAnchorElement;

describe('a link that stands for a widget', () => {
  const page = testPage();
  let sheet: HTMLStyleElement | undefined;

  beforeEach(() => page.platform.put(project('x'), project('y', { title: 'Un autre' })));
  afterEach(() => sheet?.remove());

  function style(css: string): void {
    sheet = document.createElement('style');
    sheet.textContent = css;
    document.head.append(sheet);
  }

  async function made(main: Element, selector = CARD): Promise<Widget> {
    await until(() => main.querySelector(selector), 'the link stays a link');
    return within(main, selector);
  }

  async function shown(html = LINK): Promise<{ main: HTMLElement; link: HTMLAnchorElement; card: Widget }> {
    const main = place(html);
    const card = await made(main);
    await inState(card, 'ready');
    await until(() => isSeen(card), 'the card is not shown');
    return { main, link: linkIn(main), card };
  }

  it('stays where it is, and its widget comes right after it', async () => {
    const main = place(`<p>Avant</p>${LINK}<p>Après</p>`);
    const before = linkIn(main).outerHTML;
    const link = linkIn(main);
    const card = await made(main);
    expect(tagsIn(main)).to.deep.equal(['p', 'a', CARD, 'p']);
    expect(card.previousSibling === link).to.be.true;
    expect(link.outerHTML).to.equal(before);
    await inState(card, 'ready');
    expect(names(card, 'heading')).to.deep.equal(['Budget participatif 2026']);
    expect(card.childNodes).to.have.length(0);
    await until(() => !isSeen(link), 'the link stays in sight');
    expect(isMadeByLink(card)).to.be.true;
  });

  it('is what is seen until the widget has something to show, and nothing else', async () => {
    const release = page.platform.hold();
    const main = place(LINK);
    const card = await made(main);
    await inState(card, 'loading');
    await nextTask();
    expect(isSeen(linkIn(main))).to.be.true;
    expect(isSeen(card)).to.be.false;
    expect(textOf(main)).to.equal('Le projet');
    release();
    await until(() => isSeen(card), 'the card is not shown');
    expect(isSeen(linkIn(main))).to.be.false;
    expect(textOf(main)).not.to.contain('Le projet');
  });

  for (const [what, id] of [
    ['has failed', 'x'],
    ['has found nothing', 'nobody'],
  ] as const)
    it(`is what is seen where the widget ${what}`, async () => {
      if (id === 'x') page.platform.fail({ status: 403 });
      const main = place(LINK.replace('id="x"', `id="${id}"`));
      const card = await made(main);
      await until(() => card.matches(':state(error),:state(empty)'), 'nothing fails');
      await nextTask();
      expect(isSeen(linkIn(main))).to.be.true;
      expect(isSeen(card)).to.be.false;
      expect(textOf(main)).to.equal('Le projet');
    });

  it('is seen again when the widget comes to show something else in vain', async () => {
    const { link, card } = await shown();
    link.setAttribute('data-cap-project-id', 'nobody');
    await inState(card, 'empty');
    await until(() => isSeen(link), 'the link stays away');
    expect(isSeen(card)).to.be.false;
    link.setAttribute('data-cap-project-id', 'y');
    await until(() => isSeen(card), 'the card stays away');
    expect(names(card, 'heading')).to.deep.equal(['Un autre']);
    expect(isSeen(link)).to.be.false;
  });

  it('is hidden however the page’s style sheet shows links', async () => {
    style('a { display: inline-block !important; transition: display 100s allow-discrete !important }');
    const { link } = await shown();
    expect(getComputedStyle(link).display).to.equal('none');
  });

  for (const own of ['', 'display: inline-flex; color: red', 'display: block !important', 'transition: color 1s ease'])
    it(`is what it was once its widget is gone${own && `: ${own}`}`, async () => {
      const { link, card } = await shown(own ? LINK.replace('<a', `<a style="${own}"`) : LINK);
      const reference = document.createElement('a');
      if (own) reference.style.cssText = own;
      expect(getComputedStyle(link).display).to.equal('none');
      card.remove();
      await until(() => isSeen(link), 'the link stays away');
      expect(link.getAttribute('style')).to.equal(reference.getAttribute('style'));
    });

  it('takes what its owner makes of its looks while it is hidden', async () => {
    const { link, card } = await shown();
    link.style.display = 'inline-flex';
    await nextTask();
    expect(isSeen(link)).to.be.false;
    link.setAttribute('style', 'display: inline-block; color: red');
    await nextTask();
    expect(isSeen(link)).to.be.false;
    card.remove();
    await until(() => isSeen(link), 'the link stays away');
    expect(link.getAttribute('style')?.replace(/;$/, '')).to.equal('display: inline-block; color: red');
  });

  it('takes its widget along when it goes, and when it comes back', async () => {
    const { main, link } = await shown();
    link.remove();
    await until(() => main.children.length === 0, 'the widget stays');
    expect(link.getAttribute('style')).to.be.null;
    main.append(link);
    await made(main);
    expect(tagsIn(main)).to.deep.equal(['a', CARD]);
  });

  it('takes its widget along when it moves, alone or with what is around it', async () => {
    const { main, link, card } = await shown(`<div>${LINK}</div><p>Un texte</p>`);
    main.append(link);
    await until(() => card.previousSibling === link, 'the widget stays behind');
    const box = document.createElement('div');
    link.before(box);
    box.append(link);
    await until(() => card.previousSibling === link, 'the widget stays outside');
    main.prepend(box);
    await nextTask();
    expect(card.previousSibling === link).to.be.true;
    expect(main.querySelectorAll(CARD)).to.have.length(1);
    expect(isSeen(card) && !isSeen(link)).to.be.true;
    expect(page.platform.requests).to.have.length(1);
  });

  it('lets what the page puts between the two stay there', async () => {
    const { link, card } = await shown();
    const between = document.createElement('i');
    link.after(between);
    await nextTask();
    expect(between.nextSibling === card).to.be.true;
  });

  it('is followed when what it says changes', async () => {
    const { main, link, card } = await shown();
    link.setAttribute('data-cap-layout', 'horizontal');
    await until(() => card.getAttribute('layout') === 'horizontal', 'the layout stays');
    link.setAttribute('data-cap-heading-level', '2');
    await until(() => card.getAttribute('heading-level') === '2', 'the level stays');
    link.removeAttribute('data-cap-heading-level');
    await until(() => !card.hasAttribute('heading-level'), 'the level is kept');
    link.setAttribute('data-cap', 'participation-counter');
    const counter = await made(main, COUNTER);
    await inState(counter, 'ready');
    expect(tagsIn(main)).to.deep.equal(['a', COUNTER]);
    link.removeAttribute('data-cap');
    await until(() => main.children.length === 1, 'the counter stays');
    expect(isSeen(link)).to.be.true;
  });

  it('may say so only later', async () => {
    const main = place('<a href="/x">Le projet</a>');
    await nextTask();
    linkIn(main).setAttribute('data-cap-project-id', 'x');
    linkIn(main).setAttribute('data-cap', 'project-card');
    await inState(await made(main), 'ready');
  });

  it('is found when it comes later, and its kind may be any', async () => {
    const main = place('');
    await nextTask();
    main.innerHTML =
      '<a href="/x" data-cap=" Participation-Counter " data-cap-project-id="x" data-cap-metric="contributors">Qui</a>';
    const counter = await made(main, COUNTER);
    await inState(counter, 'ready');
    await until(() => isSeen(counter), 'the counter is not shown');
    expect(textOf(main)).to.match(/^3 912 participants/);
  });

  it('brings in nothing that could run, restyle or allow, and the console says so once', async () => {
    const odds = ['onfocus', 'style', 'tabindex', 'id', 'autofocus', 'class', 'hidden', 'popover', 'nonce', 'loading'];
    const odd = odds.map((name) => `data-cap-${name}="throw 1"`).join(' ');
    const link = LINK.replace('<a', `<a ${odd}`);
    const main = place(`<p>${link}</p><p>${link}</p>`);
    await until(() => main.querySelectorAll(CARD).length === 2, 'a link stays a link');
    for (const card of main.querySelectorAll(CARD)) {
      await inState(card, 'ready');
      await until(() => isSeen(card), 'the card is not shown');
      const ours = ['layout', 'loading', 'project-id'].filter((name) => card.hasAttribute(name));
      expect(card.getAttributeNames().sort()).to.deep.equal(ours);
      expect(card.getAttribute('loading')).to.equal('eager');
    }
    await until(() => page.warnings.length >= odds.length, 'nobody is told');
    await nextTask();
    for (const name of odds)
      expect(page.warnings.filter((warning) => warning.includes(`data-cap-${name} is not for links`))).to.have.length(
        1,
      );
    expect(page.warnings).to.have.length(odds.length);
  });

  for (const name of [
    'projet',
    'x y',
    '',
    'constructor',
    'handoff',
    'platform',
    'login-prompt',
    'proposal-form',
    '<b>',
  ])
    it(`stays a link where it says "${name}", and the console says what there is`, async () => {
      const main = place('<a href="/x" data-cap-allow="https://evil.example">Le projet</a>');
      linkIn(main).setAttribute('data-cap', name);
      await until(() => page.warnings.length > 0, 'nobody is told');
      expect(page.warnings).to.have.length(1);
      expect(page.warnings[0]).to.contain(`data-cap="${name}" is no widget`).and.to.contain('project-card');
      expect(page.warnings[0]).not.to.match(/handoff[,.]|platform[,.]|login-prompt[,.]/);
      expect(tagsIn(main)).to.deep.equal(['a']);
      expect(names(main, 'link')).to.deep.equal(['Le projet']);
    });

  for (const [what, open] of [
    ['is being edited', '<div contenteditable>'],
    ['is an island in what is being edited', '<div contenteditable="true"><p contenteditable="false">'],
    ['wants none', '<div data-cap-links="off">'],
    ['wants none, in capitals', '<div data-cap-links="OFF">'],
  ] as const)
    it(`stays a link where the text around it ${what}, and becomes its widget when that ends`, async () => {
      const main = place(`<section>${open}${LINK}</section>${LINK}`);
      await until(() => main.querySelector(`:scope > ${CARD}`), 'links stay links');
      await nextTask();
      expect(main.querySelectorAll(CARD)).to.have.length(1);
      const around = within(main, 'section').firstElementChild;
      for (const element of [around, around?.firstElementChild])
        for (const name of ['contenteditable', 'data-cap-links']) element?.removeAttribute(name);
      await until(() => main.querySelectorAll(CARD).length === 2, 'the link stays a link');
      around?.setAttribute('data-cap-links', 'off');
      await until(() => main.querySelectorAll(CARD).length === 1, 'the widget stays');
      expect(linkIn(main).getAttribute('style')).to.be.null;
    });

  it('is one of at most twenty that are widgets, and takes the place of one that goes', async () => {
    const main = place(LINK.replace('project-card', 'participation-counter').repeat(25));
    await until(() => main.querySelectorAll(COUNTER).length === 20, 'there are not twenty');
    await until(() => page.warnings.length > 0, 'nobody is told');
    await nextTask();
    expect(main.querySelectorAll(COUNTER)).to.have.length(20);
    expect(page.warnings).to.deep.equal([
      '[cap-widgets] No more than 20 links of a page are widgets at a time: the others stay links.',
    ]);
    const counters = main.querySelectorAll(COUNTER);
    linkIn(main).remove();
    await until(() => [...counters].some((counter) => !counter.isConnected), 'the widget stays');
    await until(() => main.querySelectorAll(COUNTER).length === 20, 'the place stays free');
  });

  it('becomes its widget when it is approached, and not before', async () => {
    const main = place(`<div style="height: 9000px"></div>${LINK}`);
    await nextTask();
    await nextTask();
    expect(main.querySelector(CARD)).to.be.null;
    linkIn(main).scrollIntoView();
    await inState(await made(main), 'ready');
    scrollTo(0, 0);
  });

  it('gives the focus to what takes its place, and takes it back', async () => {
    const release = page.platform.hold();
    const main = place(LINK);
    const card = await made(main);
    const link = linkIn(main);
    link.focus();
    release();
    await until(() => isSeen(card), 'the card is not shown');
    expect(focused() === card.shadowRoot?.querySelector('a')).to.be.true;
    expect(isSeen(link)).to.be.false;
    link.setAttribute('data-cap-project-id', 'nobody');
    await until(() => isSeen(link), 'the link stays away');
    expect(focused() === link).to.be.true;
  });

  it('stays as long as it has the focus where nothing can take that', async () => {
    const release = page.platform.hold();
    const main = place(LINK.replace('project-card', 'participation-counter'));
    const counter = await made(main, COUNTER);
    const link = linkIn(main);
    link.focus();
    counter.addEventListener('cap-load', () =>
      counter.shadowRoot?.querySelector('[tabindex]')?.removeAttribute('tabindex'),
    );
    release();
    await inState(counter, 'ready');
    await nextTask();
    expect(focused() === link).to.be.true;
    expect([isSeen(link), isSeen(counter)]).to.deep.equal([true, false]);
    link.blur();
    await until(() => isSeen(counter), 'the counter is not shown');
    expect(isSeen(link)).to.be.false;
  });

  it('is one widget, too, where a script of the page has copied both', async () => {
    const { main, link } = await shown(`<div>${LINK}</div>`);
    const copy = link.parentElement?.cloneNode(true) as HTMLElement;
    main.append(copy);
    const [, second] = main.children;
    await until(() => second?.querySelector(CARD)?.matches(':state(ready)'), 'the copy does nothing');
    await until(() => second?.querySelector('a')?.getClientRects().length === 0, 'the copied link is seen');
    expect([...(second?.children ?? [])].map(({ localName }) => localName)).to.deep.equal(['a', CARD]);
    const card = second?.querySelector(CARD);
    expect(card && isMadeByLink(card)).to.be.true;
    card?.remove();
    await until(() => second?.querySelector('a')?.getClientRects().length, 'the copied link stays away');
    expect(second?.querySelector('a')?.getAttribute('style')).to.be.null;
  });

  it('is a widget in a form whose fields have the names of what forms can do', async () => {
    const fields = [
      'attributes',
      'getAttribute',
      'children',
      'parentNode',
      'querySelectorAll',
      'matches',
      'lang',
      'closest',
    ]
      .map((name) => `<input name="${name}">`)
      .join('');
    const main = place(`<form lang="en">${fields}${LINK}</form>`);
    const card = await made(main);
    await inState(card, 'ready');
    await until(() => isSeen(card), 'the card is not shown');
    expect(fallbackShown(card)).to.be.false;
    expect(textOf(card)).to.contain('participants');
    const form = within(main, 'form');
    form.remove();
    main.append(form);
    await until(() => main.querySelectorAll(CARD).length === 1, 'the link stays a link');
  });
});
