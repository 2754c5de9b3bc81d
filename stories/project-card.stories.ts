import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';

import '../src/elements/project-card/define.js';
import type { FakeObject, FakePlatform, Fault } from '../test/support/fake-platform.js';
import { project, projectBetween, step } from '../test/support/fixtures.js';
import { covers } from './support/covers.js';
import {
  apart,
  beforeEach,
  column,
  decorators,
  fails,
  failsLater,
  html,
  retries,
  shows,
  within,
} from './support/scene.js';

interface Args {
  projectId: string;
  layout: 'vertical' | 'horizontal';
  hide: readonly string[];
  headingLevel: number;
  lang: string;
}

const meta: Meta<Args> = {
  title: 'Project card',
  component: 'cap-project-card',
  beforeEach,
  decorators: [...column, ...decorators],
  args: { projectId: 'budget', layout: 'vertical', hide: [], headingLevel: 3, lang: '' },
  argTypes: {
    projectId: { control: false },
    layout: { control: 'inline-radio', options: ['vertical', 'horizontal'] },
    hide: { control: 'check', options: ['cover', 'status', 'themes', 'counters', 'step'] },
    headingLevel: { control: { type: 'number', min: 2, max: 6 } },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: ({ projectId, layout, hide, headingLevel, lang }) =>
    html`<cap-project-card
      project-id=${projectId}
      layout=${layout}
      hide=${hide.length > 0 ? hide.join(' ') : nothing}
      heading-level=${headingLevel}
      lang=${lang || nothing}
      ><a href="https://participez.valmont.example/project/budget"
        >Le budget participatif de Valmont</a
      ></cap-project-card
    >`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

const cover = { url: covers.riverside };
const budget = (fields: Partial<FakeObject> = {}): FakeObject => project('budget', { cover, ...fields });
const until = (endAt: string | null, startAt: string | null = '2026-05-01 09:00:00'): FakeObject =>
  projectBetween('budget', startAt, endAt, {
    cover: { url: covers.garden },
    title: 'Les jardins partagés des Tanneries',
  });
const having = (...objects: FakeObject[]) => ({ scene: (platform: FakePlatform) => platform.put(...objects) });
const failing = (fault: Fault) => ({ ...apart(), scene: (platform: FakePlatform) => platform.fail(fault) });
const withSession = (story: Story): Story => ({
  ...story,
  decorators: [(inner) => html`<cap-platform access="session">${inner()}</cap-platform>`],
});

/** People can take part, and the end is more than a week away. */
export const Ready: Story = { parameters: having(budget()) };

export const Loading: Story = {
  parameters: { scene: (platform: FakePlatform) => void platform.hold() },
  play: shows('loading'),
};

export const Upcoming: Story = { parameters: having(until('2026-07-01 00:00:00', '2026-06-02 09:00:00')) };
export const DaysLeft: Story = { parameters: having(until('2026-05-18 00:00:00')) };
export const HoursLeft: Story = { parameters: having(until('2026-05-14 00:00:00')) };
export const LastHour: Story = { parameters: having(until('2026-05-12 19:30:00')) };
export const ParticipationOpen: Story = { parameters: having(until('2026-06-30 00:00:00')) };
export const OpenWithoutEnd: Story = { parameters: having(until(null, null)) };
export const Ended: Story = { parameters: having(until('2026-05-11 00:00:00')) };
export const WithoutStatus: Story = { parameters: having(budget({ steps: [] })) };

/** Something goes on that is not for the public to take part in. */
export const InProgress: Story = {
  parameters: having(
    budget({ steps: [step('Selection', 'Analyse des projets', '2026-05-01 09:00:00', '2026-06-15 00:00:00')] }),
  ),
};

export const Archived: Story = withSession({
  parameters: having(budget({ archived: true })),
  play: shows('ready', 'archived'),
});
export const Restricted: Story = withSession({ parameters: having(budget({ visibility: 'ADMIN' })) });
export const PaperVotes: Story = withSession({ parameters: having(budget({ paperVotesTotalCount: 1_204 })) });

export const WithoutCover: Story = { parameters: having(budget({ cover: null })) };
export const BrokenCover: Story = { parameters: having(budget({ cover: { url: covers.lost } })) };

/** Titles come as HTML text, and as long as people make them. */
export const LongTitle: Story = {
  parameters: having(
    budget({
      cover: { url: covers.square },
      title:
        'R&eacute;inventons ensemble la place du March&eacute;-aux-Herbes &amp; ses abords&nbsp;: quels usages, quels arbres, ' +
        'quelle place pour les anticonstitutionnellementindésirables&hellip; et les terrasses&nbsp;?',
    }),
  ),
};

export const Horizontal: Story = {
  args: { layout: 'horizontal' },
  decorators: [within('wide')],
  parameters: having(budget({ cover: { url: covers.square } })),
};
export const OnlyTheTitle: Story = {
  args: { hide: ['cover', 'status', 'themes', 'counters', 'step'] },
  parameters: having(budget()),
};
export const WithoutNumbers: Story = { args: { hide: ['counters'] }, parameters: having(budget()) };

/** The project does not exist, or is not for this visitor: the page’s own link stays. */
export const Missing: Story = { play: shows('empty') };

export const FailedNetwork: Story = { parameters: failing('network'), play: fails };
export const FailedTimeout: Story = {
  parameters: { ...apart(), scene: (platform: FakePlatform) => void platform.hold() },
  play: fails,
};
export const FailedOffline: Story = {
  parameters: failing('network'),
  play: async (context) => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false });
    try {
      await fails(context);
    } finally {
      Reflect.deleteProperty(navigator, 'onLine');
    }
  },
};
export const FailedRateLimited: Story = { parameters: failing({ status: 429 }), play: fails };
export const FailedServer: Story = { parameters: failing({ status: 500 }), play: fails };
export const FailedUnauthorized: Story = { parameters: failing({ status: 401 }), play: fails };
export const FailedForbidden: Story = { parameters: failing({ status: 403 }), play: fails };
export const FailedPlatformDisabled: Story = { parameters: failing({ status: 404 }), play: fails };
export const FailedBadResponse: Story = { parameters: failing({ status: 200, body: '<html></html>' }), play: fails };
export const Retrying: Story = { parameters: failing({ status: 500 }), play: retries };

/** The latest reading failed: what was read before stays, and says from when it is. */
export const Stale: Story = {
  parameters: { ...apart('560px'), ...having(budget()) },
  play: failsLater({ status: 403 }, 12),
};

/** A word that does not exist is the default, and the console says so. */
export const BadAttribute: Story = {
  parameters: having(budget()),
  render: () =>
    html`<cap-project-card project-id="budget" layout="diagonal" heading-level="9" hide="price"></cap-project-card>`,
};

/** The page names no platform: its own link stays, and the console says what to add. */
export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };

export const English: Story = { args: { lang: 'en' }, parameters: having(until('2026-05-18 00:00:00')) };

export const Narrow: Story = {
  decorators: [within('narrow')],
  globals: { viewport: { value: 'narrow' } },
  parameters: having(until('2026-05-14 00:00:00')),
};
export const Dark: Story = { decorators: [within('dark')], parameters: having(budget()) };

/** A city’s own colours, corners and type, by custom properties on any element around the card. */
export const Themed: Story = { decorators: [within('themed')], parameters: having(budget()) };
