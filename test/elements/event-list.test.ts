import { expect } from '@open-wc/testing';

import '../../src/elements/event-list/define.js';
import { eventList as texts } from '../../src/i18n/locales/fr/event-list.js';
import { configure } from '../../src/state/page-settings.js';
import type { FakeObject } from '../support/fake-platform.js';
import { event, lists, type EventArgs } from '../support/lists.js';
import { inState, kindsOf, mount, nextTask, patiently, place, testPage, until, type Widget } from '../support/page.js';
import { allByRole, announced, byRole, fallbackShown, focused, names, part, textOf } from '../support/perceive.js';

const LINK = '<a href="https://ville.example/agenda">Tout l’agenda</a>';
const html = (attributes = ''): string => `<cap-event-list ${attributes}>${LINK}</cap-event-list>`;
const list = (attributes = ''): Widget => mount(html(attributes), 'cap-event-list');
const shows = (element: Element, ...titles: string[]): Promise<void> =>
  until(() => names(element, 'link').join() === titles.join(), `shows ${names(element, 'link').join()}`);
const days = (element: Element): string[] => names(element, 'heading');
const times = (element: Element): string[] =>
  [...(element.shadowRoot?.querySelectorAll('[part=time]') ?? [])].map((time) => textOf(time));
const press = (element: Element, name: string): void => {
  const button = byRole(element, 'button', name);
  button.focus();
  button.click();
};

// It is Tuesday, 12 May 2026, 18:42 in Paris.
const agenda: FakeObject[] = [
  event('fair', 'Fête de la ville', '2026-06-20 00:00:00', '2026-06-21 23:59:59'),
  event('walk', 'Balade', '2026-05-13 10:00:00', '2026-05-13 12:00:00'),
  event('talk', 'Réunion publique', '2026-05-13 18:30:00', null, { googleMapsAddress: null }),
  event('show', 'Exposition', '2026-05-04 09:00:00', '2026-05-30 18:00:00'),
  event('desk', 'Permanence', '2026-05-12 17:00:00', '2026-05-12 19:00:00'),
  event('vote', 'Dépouillement', '2026-05-12 09:00:00', '2026-05-12 18:00:00'),
  event('start', 'Lancement', '2026-01-13 18:30:00', null),
];
const platformOrder = [...agenda].sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
function startOf(object: FakeObject): string {
  return (object['timeRange'] as { startAt: string }).startAt;
}
/** The platform's own list: those that end before now are over, as are those without an end that have begun. */
const answered = ({ isFuture, orderBy }: EventArgs): FakeObject[] => {
  const found = platformOrder.filter((one) => {
    const { startAt, endAt } = one['timeRange'] as { startAt: string; endAt: string | null };
    return isFuture == null || isFuture === (endAt ?? startAt) >= '2026-05-12 18:42:00';
  });
  return orderBy.direction === 'ASC' ? found.reverse() : found;
};

describe('an event list', () => {
  const page = testPage();

  for (const access of ['public', 'session'])
    it(`shows what is to come by day, what goes on first, in ${access} access`, async () => {
      configure({ platform: page.platform.url, access });
      lists(page.platform, 'events', answered);
      const element = list();
      await shows(element, 'Exposition', 'Permanence', 'Balade', 'Réunion publique', 'Fête de la ville');
      expect(kindsOf(element)).to.deep.equal(['ready']);
      expect(days(element)).to.deep.equal([
        'En ce moment',
        'mardi 12 mai 2026',
        'mercredi 13 mai 2026',
        'samedi 20 juin 2026',
      ]);
      expect(times(element)).to.deep.equal([
        'du 4 mai 2026 à 09 h 00 au 30 mai 2026 à 18 h 00',
        'de 17 h 00 à 19 h 00',
        'de 10 h 00 à 12 h 00',
        'à 18 h 30',
        'du 20 juin 2026 au 21 juin 2026',
      ]);
      expect(textOf(part(element, 'count'))).to.equal('5 événements');
      expect(page.platform.requests).to.have.length(1);
    });

  for (const access of ['public', 'session'])
    it(`shows what is over, the latest first, and all there is, in ${access} access`, async () => {
      configure({ platform: page.platform.url, access });
      lists(page.platform, 'events', answered);
      const past = list('when="past"');
      await shows(past, 'Dépouillement', 'Lancement');
      expect(days(past)).to.deep.equal(['mardi 12 mai 2026', 'mardi 13 janvier 2026']);
      const all = list('when="all"');
      await shows(all, ...platformOrder.map(({ title }) => String(title)));
      expect(days(all)).to.have.length(5);
    });

  it('has days and hours of the platform’s zone, with their instants for machines', async () => {
    configure({ platform: page.platform.url, timeZone: 'America/Martinique' });
    lists(page.platform, 'events', [event('late', 'Veillée', '2026-07-13 23:30:00', '2026-07-14 00:00:00')]);
    const element = list();
    await shows(element, 'Veillée');
    expect(days(element)).to.deep.equal(['lundi 13 juillet 2026']);
    expect(times(element)).to.deep.equal(['de 23 h 30 à 00 h 00']);
    expect([...(element.shadowRoot?.querySelectorAll('time') ?? [])].map(({ dateTime }) => dateTime)).to.deep.equal([
      '2026-07-13',
      '2026-07-14T03:30:00.000Z',
    ]);
  });

  it('drops an event when it is over, and finds the place of what goes on into the next day', async () => {
    lists(page.platform, 'events', answered);
    const element = list();
    await shows(element, 'Exposition', 'Permanence', 'Balade', 'Réunion publique', 'Fête de la ville');
    page.clock.advance(18 * 60_000);
    await nextTask();
    expect(names(element, 'link')).to.include('Permanence');
    page.clock.advance(1000);
    await shows(element, 'Exposition', 'Balade', 'Réunion publique', 'Fête de la ville');
    page.clock.advance(40 * 86_400_000);
    await shows(element, 'Fête de la ville');
    expect(days(element)).to.deep.equal(['En ce moment']);
    page.clock.advance(2 * 86_400_000);
    await inState(element, 'empty');
    expect(textOf(element)).to.equal(texts.empty);
    expect(page.clock.pending).to.equal(0);
    expect(page.platform.requests).to.have.length(1);
  });

  it('shows more in order, and takes the focus to the first new event', async () => {
    for (const access of ['public', 'session']) {
      configure({ platform: page.platform.url, access });
      lists(page.platform, 'events', answered);
      const element = list('first="2"');
      await shows(element, 'Exposition', 'Permanence');
      expect(textOf(part(element, 'count'))).to.equal('2 événements affichés sur 5');
      press(element, texts.more);
      await shows(element, 'Exposition', 'Permanence', 'Balade', 'Réunion publique');
      await until(() => textOf(focused() ?? element) === 'Balade', 'the focus is on the first new event');
      await until(() => announced('status') === '4 événements affichés sur 5', 'it is said');
      press(element, texts.more);
      await shows(element, 'Exposition', 'Permanence', 'Balade', 'Réunion publique', 'Fête de la ville');
      expect(names(element, 'button')).not.to.include(texts.more);
      element.remove();
    }
  });

  it('asks for the events of a project', async () => {
    const asked = lists(page.platform, 'events', answered);
    await inState(list('project-id="budget"'), 'ready');
    expect(asked[0]?.project).to.equal('budget');
  });

  it('looks back a year for what still goes on, and no further', async () => {
    const old = (year: number, number: number): FakeObject =>
      event(`old-${year}-${number}`, `Ancien ${number}`, `${year}-02-01 09:00:00`, `${year}-02-01 10:00:00`);
    const asked = lists(page.platform, 'events', [
      ...Array.from({ length: 120 }, (_, number) => old(2026, number)),
      event('long', 'Exposition annuelle', '2025-07-01 09:00:00', '2026-07-01 09:00:00'),
      ...Array.from({ length: 300 }, (_, number) => old(2024, number)),
    ]);
    const element = list();
    await shows(element, 'Exposition annuelle');
    expect(asked).to.have.length(2);
  });

  it('gives events of the same name different names for links, and each a file of its own', async () => {
    lists(page.platform, 'events', [
      event('a', 'Atelier', '2026-05-20 14:00:00', '2026-05-20 16:00:00'),
      event('b', 'Atelier', '2026-05-27 14:00:00', '2026-05-27 16:00:00'),
      event('c', 'Bilan', '2026-05-28 14:00:00', '2026-05-28 16:00:00'),
    ]);
    const element = list();
    await shows(element, 'Atelier (20 mai 2026 à 14 h 00)', 'Atelier (27 mai 2026 à 14 h 00)', 'Bilan');
    const buttons = names(element, 'button');
    expect(buttons[2]).to.equal('Ajouter à mon agenda : Bilan, 28 mai 2026 à 14 h 00 (fichier iCalendar)');
    expect(new Set(buttons).size).to.equal(3);
  });

  it('hands over a calendar file of an event', async () => {
    lists(page.platform, 'events', [event('a', 'Atelier d’été, à l’école', '2026-05-20 14:00:00', null)]);
    const element = list();
    await inState(element, 'ready');
    const files: { name: string; content: Promise<string> }[] = [];
    const click = Object.getOwnPropertyDescriptor(HTMLElement.prototype, 'click') ?? {};
    const take = function (this: HTMLAnchorElement): void {
      files.push({ name: this.download, content: fetch(this.href).then((file) => file.text()) });
    };
    Object.defineProperty(HTMLAnchorElement.prototype, 'click', { ...click, value: take });
    try {
      allByRole(element, 'button')[0]?.click();
      await until(() => files.length === 1, 'there is a file');
    } finally {
      Reflect.deleteProperty(HTMLAnchorElement.prototype, 'click');
    }
    expect(files[0]?.name).to.equal('atelier-d-ete-a-l-ecole.ics');
    expect(await files[0]?.content).to.include('SUMMARY:Atelier d’été\\, à l’école\r\nLOCATION:');
    // The page does not keep it for ever.
    expect(page.clock.pending).to.be.at.least(1);
    page.clock.advance(60_000);
  });

  it('has headings of the level that the page gives, and lists', async () => {
    lists(page.platform, 'events', answered);
    const element = list('heading-level="4" lang="en"');
    await inState(element, 'ready');
    expect(allByRole(element, 'heading').map(({ localName }) => localName)).to.deep.equal(['h4', 'h4', 'h4', 'h4']);
    expect(days(element)).to.deep.equal([
      'Going on now',
      'Tuesday, May 12, 2026',
      'Wednesday, May 13, 2026',
      'Saturday, June 20, 2026',
    ]);
    expect(allByRole(element, 'list').map((one) => one.children.length)).to.deep.equal([1, 1, 2, 1]);
  });

  it('decodes titles that were written as HTML, and gives way to no address that is not of the web', async () => {
    lists(page.platform, 'events', [
      event('a', 'F&ecirc;te &amp; <b>bal</b>', '2026-05-20 14:00:00', null, { url: 'javascript:alert(1)' }),
    ]);
    const element = list();
    await shows(element, 'Fête & <b>bal</b>');
    expect((allByRole(element, 'link')[0] as HTMLAnchorElement).protocol).to.equal('https:');
  });

  it('shares its request with the other lists of the page', async () => {
    lists(page.platform, 'events', answered);
    const main = place(`${html()}${html('when="all"')}${html('project-id="budget"')}`);
    for (const element of main.children) await inState(element, 'ready');
    expect(page.platform.requests).to.have.length(1);
  });

  it('shows the page’s own link when it fails, keeps what it has later, and reads again on demand', async () => {
    lists(page.platform, 'events', answered);
    page.platform.fail({ status: 503 });
    const element = list('when="all"');
    await patiently(page.clock, element, 'error');
    expect(fallbackShown(element)).to.be.true;
    page.platform.heal();
    press(element, texts.retry);
    await inState(element, 'ready');
    expect(fallbackShown(element)).to.be.false;
    page.platform.fail({ status: 403 });
    await element.reload();
    await inState(element, 'stale');
    expect(names(element, 'link')).to.have.length(7);
    expect(page.events.map(({ type, ...rest }) => [type, 'code' in rest && rest.code])).to.deep.equal([
      ['cap-error', 'server'],
      ['cap-load', false],
      ['cap-error', 'forbidden'],
    ]);
  });

  it('describes its events to search engines in the one block of the page', async () => {
    lists(page.platform, 'events', answered);
    const element = list('structured-data');
    const block = (): Element | null => document.head.querySelector('script[type="application/ld+json"]');
    await until(block, 'there is a block');
    const graph = (JSON.parse(block()?.textContent ?? '') as { '@graph': object[] })['@graph'];
    expect(graph).to.have.length(5);
    expect(graph[2]).to.deep.equal({
      '@type': 'Event',
      '@id': 'https://participez.valmont.example/events/walk',
      name: 'Balade',
      url: 'https://participez.valmont.example/events/walk',
      startDate: '2026-05-13T08:00:00.000Z',
      endDate: '2026-05-13T10:00:00.000Z',
      location: { '@type': 'Place', name: 'Salle des fêtes, Valmont', address: 'Salle des fêtes, Valmont' },
    });
    element.remove();
    await until(() => !block(), 'the block goes with the list');
  });
});
