import { expect } from '@open-wc/testing';
import { configure } from '../../src/state/page-settings.js';
import { platformTime, project, projectBetween, step } from '../support/fixtures.js';
import { NOW } from '../support/fake-clock.js';
import { inState, kindsOf, mount, place, ready, testPage, until, within } from '../support/page.js';
import { allByRole, byRole, fallbackShown, names, part, textOf } from '../support/perceive.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CARD =
  '<cap-project-card project-id="budget"><a href="https://ville.example/budget">Le budget</a></cap-project-card>';

describe('a project card', () => {
  const page = testPage();

  it('shows the project with its steps, themes and numbers', async () => {
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    expect(kindsOf(card)).to.deep.equal(['ready']);
    expect(textOf(part(card, 'type'))).to.equal('Budget participatif');
    expect(textOf(part(card, 'step'))).to.match(/^Vote des habitants, jusqu’au 14 juin( 2026)?$/);
    expect(names(card, 'listitem')).to.deep.equal([
      'Nature en ville',
      'Solidarités',
      '12 480 votes en ligne',
      '24 contributions',
      '3 912 participants',
    ]);
    expect(names(card, 'list')[0]).to.equal('Thèmes');
    expect(card.matches(':state(stale)')).to.be.false;
  });

  it('has one link, to the project', async () => {
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    const links = allByRole(card, 'link');
    expect(links.map((link) => (link as HTMLAnchorElement).href)).to.deep.equal([
      'https://participez.valmont.example/project/budget',
    ]);
    expect(names(card, 'link')).to.deep.equal(['Budget participatif 2026']);
    // Wherever one clicks on the card one follows it.
    card.style.width = '280px';
    for (const edge of ['start', 'end'] as const) {
      card.scrollIntoView({ block: edge });
      const { left, top, right, bottom } = card.getBoundingClientRect();
      const [x, y] = edge === 'start' ? [left + 20, top + 20] : [right - 20, bottom - 20];
      expect(card.shadowRoot?.elementFromPoint(x, y) === links[0], `${x}, ${y}`).to.be.true;
    }
  });

  it('gives way to no address that is not of the web', async () => {
    page.platform.put(project('budget', { url: 'javascript:alert(1)', cover: { url: 'data:image/png;base64,AA' } }));
    const card = await ready(CARD);
    expect((byRole(card, 'link', 'Budget participatif 2026') as HTMLAnchorElement).protocol).to.equal('https:');
    expect(Boolean(card.shadowRoot?.querySelector('img'))).to.be.false;
  });

  it('takes titles for text, with entities and never as markup', async () => {
    const title = 'L&rsquo;&eacute;cole &amp; <b>la rue</b> &lt;img src=x onerror=alert(1)&gt;';
    page.platform.put(project('budget', { title }));
    const card = await ready(CARD);
    expect(names(card, 'heading')).to.deep.equal(['L’école & <b>la rue</b> <img src=x onerror=alert(1)>']);
    expect(Boolean(card.shadowRoot?.querySelector('h3 b, h3 img'))).to.be.false;
  });

  for (const level of [2, 3, 4, 5, 6])
    it(`has a title of level ${level}`, async () => {
      page.platform.put(project('budget'));
      const card = await ready(`<cap-project-card project-id="budget" heading-level="${level}"></cap-project-card>`);
      expect(byRole(card, 'heading', 'Budget participatif 2026').localName).to.equal(`h${level}`);
    });

  it('has a title of level 3 unless the page says otherwise', async () => {
    page.platform.put(project('budget'));
    expect(byRole(await ready(CARD), 'heading', 'Budget participatif 2026').localName).to.equal('h3');
  });

  it('leaves out what it is told to hide', async () => {
    page.platform.put(project('budget', { cover: { url: `${location.origin}/stories/support/covers/riverside.svg` } }));
    const hidden = ['cover', 'status', 'themes', 'counters', 'step'];
    const full = await ready(CARD);
    for (const name of hidden) expect(part(full, name).checkVisibility(), name).to.be.true;
    for (const name of hidden) {
      full.setAttribute('hide', name);
      await until(() => !full.shadowRoot?.querySelector(`[part="${name}"]`), `${name} is still there`);
      for (const other of hidden) if (other !== name) part(full, other);
    }
    full.setAttribute('hide', hidden.join(' '));
    await until(() => !full.shadowRoot?.querySelector('[part="status"]'), 'not all is hidden');
    expect(textOf(full)).to.equal('Budget participatif Budget participatif 2026');
    expect(names(full, 'link')).to.deep.equal(['Budget participatif 2026']);
  });

  it('puts the cover beside the texts where there is room, and above them where there is not', async () => {
    page.platform.put(project('budget'));
    const card = await ready('<cap-project-card project-id="budget" layout="horizontal"></cap-project-card>');
    const beside = (): boolean =>
      part(card, 'cover').getBoundingClientRect().right <= part(card, 'title').getBoundingClientRect().left;
    card.style.width = '700px';
    expect(beside()).to.be.true;
    card.style.width = '300px';
    expect(beside()).to.be.false;
    card.style.width = '700px';
    card.setAttribute('layout', 'vertical');
    await until(() => !beside(), 'the cover is still beside the texts');
  });

  it('shows the cover as decoration, and a drawing where there is none or it does not come', async () => {
    const cover = { url: `${location.origin}/stories/support/covers/riverside.svg` };
    page.platform.put(
      project('budget', { cover }),
      project('lost', { cover: { url: `${location.origin}/stories/support/covers/lost.svg` } }),
      project('plain'),
    );
    const root = place(`${CARD}<cap-project-card project-id="lost" id="lost"></cap-project-card>
      <cap-project-card project-id="plain" id="plain"></cap-project-card>`);
    const image = (selector: string): HTMLImageElement | null | undefined =>
      within(root, selector).shadowRoot?.querySelector('img');
    await inState(within(root, '#plain'), 'ready');
    await until(() => Number(image('cap-project-card')?.naturalWidth) > 0, 'the cover does not come');
    expect(image('cap-project-card')?.alt).to.equal('');
    within(root, '#lost').scrollIntoView();
    await until(() => !image('#lost'), 'the broken picture is still there');
    expect(Boolean(image('#plain'))).to.be.false;
    for (const name of ['#lost', '#plain'])
      expect(part(within(root, name), 'cover').querySelectorAll('svg')).to.have.length(1);
  });

  it('shows the fallback beside nothing: neither twice nor under the loaded card', async () => {
    page.platform.put(project('budget'));
    const answer = page.platform.hold();
    const card = mount(CARD);
    await inState(card, 'loading');
    expect(fallbackShown(card)).to.be.true;
    answer();
    await inState(card, 'ready');
    expect(fallbackShown(card)).to.be.false;
  });
});

describe('the status on a project card', () => {
  const page = testPage();
  const after = (distance: number): string => platformTime(NOW + distance);

  const cases: readonly [name: string, startAt: string | null, endAt: string | null, text: string | null][] = [
    ['is to come before the start', after(DAY), after(9 * DAY), 'À venir'],
    ['is open for participation a week before the end', after(-DAY), after(7 * DAY + HOUR), 'Participation ouverte'],
    ['counts days', after(-DAY), after(6 * DAY + HOUR), '6 jours restants'],
    ['counts days down to two', after(-DAY), after(2 * DAY), '2 jours restants'],
    ['counts hours', after(-DAY), after(2 * DAY - 60_000), '47 heures restantes'],
    ['counts a single hour', after(-DAY), after(HOUR + 60_000), '1 heure restante'],
    ['says that the last hour has begun', after(-DAY), after(HOUR - 60_000), 'Moins d’une heure'],
    ['is over after the end', after(-9 * DAY), after(-HOUR), 'Terminé'],
    ['stays open without dates', null, null, 'Participation ouverte'],
  ];
  for (const [name, startAt, endAt, text] of cases)
    it(name, async () => {
      page.platform.put(projectBetween('budget', startAt, endAt));
      expect(textOf(part(await ready(CARD), 'status'))).to.equal(text);
    });

  it('says nothing of a project without a step', async () => {
    page.platform.put(project('budget', { steps: [] }));
    const card = await ready(CARD);
    expect(Boolean(card.shadowRoot?.querySelector('[part="status"], [part="step"]'))).to.be.false;
  });

  it('changes by itself when a date passes', async () => {
    page.platform.put(projectBetween('budget', after(HOUR), after(DAY + 2 * HOUR)));
    const card = await ready(CARD);
    const status = (): string => textOf(part(card, 'status'));
    expect(status()).to.equal('À venir');
    page.clock.advance(HOUR);
    await until(() => status() === '25 heures restantes', 'the status is not « 25 heures restantes »');
    page.clock.advance(HOUR);
    await until(() => status() === '24 heures restantes', 'the status is not « 24 heures restantes »');
    page.clock.advance(23 * HOUR + 1);
    await until(() => status() === 'Moins d’une heure', 'the status is not « Moins d’une heure »');
    page.clock.advance(HOUR);
    await until(() => status() === 'Terminé', 'the status is not « Terminé »');
    expect(textOf(part(card, 'step'))).to.contain('terminé le 13 mai');
    expect(page.platform.requests).to.have.length(1);
  });

  for (const [clock, days] of [
    ['ahead', 40],
    ['behind', -40],
  ] as const) {
    it(`believes the platform that a vote is open, and counts no days, where the clock is 40 days ${clock}`, async () => {
      page.clock.advance(days * DAY);
      page.platform.put(project('budget'));
      const card = await ready(CARD);
      expect(textOf(part(card, 'status'))).to.equal('En cours');
      expect(textOf(part(card, 'step'))).to.match(/^Vote des habitants, jusqu’au 14 juin( 2026)?$/);
    });

    it(`… of which the platform shows this page all, too`, async () => {
      page.clock.advance(days * DAY);
      configure({ platform: page.platform.url, access: 'session' });
      page.platform.put(projectBetween('budget', '2026-05-01 00:00:00', '2026-05-16 00:00:00'));
      expect(textOf(part(await ready(CARD), 'status'))).to.equal('Participation ouverte');
    });
  }

  it('believes the platform that a step is over, or to come, where the clock says otherwise', async () => {
    page.clock.advance(-40 * DAY);
    page.platform.put(projectBetween('budget', '2026-04-01 00:00:00', '2026-05-01 00:00:00'));
    expect(textOf(part(await ready(CARD), 'status'))).to.equal('Terminé');
    page.clock.advance(80 * DAY);
    page.platform.put(projectBetween('later', '2026-06-01 00:00:00', '2026-07-01 00:00:00'));
    const later = await ready('<cap-project-card project-id="later"></cap-project-card>');
    expect(textOf(part(later, 'status'))).to.equal('À venir');
    expect(textOf(part(later, 'step'))).to.match(/^Dépôt des idées, à partir du 1 juin( 2026)?$/);
  });

  it('goes by its clock again once an answer agrees with it', async () => {
    page.clock.advance(40 * DAY);
    page.platform.put(project('budget'));
    const card = await ready(CARD);
    const over = step('Selection', 'Vote des habitants', '2026-04-20 09:00:00', '2026-06-15 00:00:00', {
      state: 'CLOSED',
    });
    page.platform.put(project('budget', { steps: [over] }));
    await card.reload();
    await until(() => textOf(part(card, 'status')) === 'Terminé', 'the status is not « Terminé »');
  });

  it('counts real hours over a night in which the clocks change', async () => {
    const openIn2027 = (id: string, from: string, to: string): ReturnType<typeof project> =>
      project(id, { steps: [step('Collect', 'Dépôt des idées', from, to, { state: 'OPENED' })] });
    // Paris leaves out the hour from 2 to 3: from 23:30 until 10:00 there are nine and a half hours, and not ten and a half.
    page.clock.advance(Date.parse('2027-03-27T23:30:00+01:00') - NOW);
    page.platform.put(openIn2027('spring', '2027-03-01 00:00:00', '2027-03-28 10:00:00'));
    expect(textOf(part(await ready('<cap-project-card project-id="spring"></cap-project-card>'), 'status'))).to.equal(
      '9 heures restantes',
    );
    // In autumn the hour from 2 to 3 comes twice.
    page.clock.advance(Date.parse('2027-10-30T23:30:00+02:00') - Date.parse('2027-03-27T23:30:00+01:00'));
    page.platform.put(openIn2027('autumn', '2027-10-01 00:00:00', '2027-10-31 10:00:00'));
    expect(textOf(part(await ready('<cap-project-card project-id="autumn"></cap-project-card>'), 'status'))).to.equal(
      '11 heures restantes',
    );
  });

  it('reads the dates of a platform that is elsewhere in its zone', async () => {
    configure({ platform: page.platform.url, timeZone: 'Indian/Reunion' });
    // 20:42 there, two hours ahead of Paris.
    page.platform.put(projectBetween('budget', '2026-05-01 00:00:00', '2026-05-13 00:00:00'));
    expect(textOf(part(await ready(CARD), 'status'))).to.equal('3 heures restantes');
  });

  it('names the day on which a step ends, and the hour in its last week', async () => {
    page.platform.put(projectBetween('budget', '2026-05-01 00:00:00', '2026-05-16 00:00:00'));
    const card = await ready(CARD);
    expect(textOf(part(card, 'step'))).to.match(/^Dépôt des idées, jusqu’au (vendredi )?15 mai( 2026)? à 23 h 59$/);
    const { dateTime = '' } = part(card, 'step').querySelector('time') ?? {};
    expect(Date.parse(dateTime)).to.be.closeTo(Date.parse('2026-05-16T00:00:00+02:00'), 1);
  });

  it('names the year of a step that is not this year’s', async () => {
    page.platform.put(projectBetween('budget', '2027-02-01 09:00:00', '2027-03-01 00:00:00'));
    expect(textOf(part(await ready(CARD), 'step'))).to.equal('Dépôt des idées, à partir du 1 février 2027');
  });
});

describe('a project card with a session', () => {
  const page = testPage();
  beforeEach(() => configure({ platform: page.platform.url, access: 'session' }));

  it('tells apart what is archived and what only some may see', async () => {
    page.platform.put(project('old', { archived: true }), project('own', { visibility: 'ME' }));
    const archived = await ready('<cap-project-card project-id="old"></cap-project-card>');
    expect(archived.matches(':state(archived)')).to.be.true;
    expect(textOf(part(archived, 'status'))).to.equal('Archivé');
    const restricted = await ready('<cap-project-card project-id="own"></cap-project-card>');
    expect(restricted.matches(':state(archived)')).to.be.false;
    expect(textOf(restricted)).to.contain('Accès restreint');
  });

  it('adds up votes cast online and on paper, and names those on paper', async () => {
    page.platform.put(project('budget', { votes: { totalCount: 1200 }, paperVotesTotalCount: 34 }));
    const items = names(await ready(CARD), 'listitem');
    expect(items).to.include('1 234 votes');
    expect(items).to.include('dont 34 sur papier');
  });

  it('shows no number that staff have hidden, and leads to a project that lives elsewhere', async () => {
    page.platform.put(
      project('budget', {
        isVotesCounterDisplayable: false,
        isContributionsCounterDisplayable: false,
        isParticipantsCounterDisplayable: false,
      }),
      project('away', { isExternal: true, externalLink: 'https://ailleurs.example/projet', externalVotesCount: 7 }),
    );
    expect(textOf(part(await ready(CARD), 'counters'))).to.equal('');
    const away = await ready('<cap-project-card project-id="away"></cap-project-card>');
    expect((byRole(away, 'link', 'Budget participatif 2026') as HTMLAnchorElement).href).to.equal(
      'https://ailleurs.example/projet',
    );
    expect(textOf(part(away, 'counters'))).to.equal('7 votes');
  });

  it('knows a selection without a vote from one with', async () => {
    const selection = (votable: boolean): object =>
      project('budget', {
        steps: [step('Selection', 'Analyse', '2026-05-01 00:00:00', '2026-06-01 00:00:00', { votable })],
      });
    page.platform.put(selection(true) as ReturnType<typeof project>);
    expect(textOf(part(await ready(CARD), 'status'))).to.equal('Participation ouverte');
    page.platform.put({ ...(selection(false) as ReturnType<typeof project>), id: 'analysis' });
    const analysis = await ready('<cap-project-card project-id="analysis"></cap-project-card>');
    expect(textOf(part(analysis, 'status'))).to.equal('En cours');
  });
});
