import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';

import '../src/elements/participation-counter/define.js';
import type { FakeObject, FakePlatform, Fault } from '../test/support/fake-platform.js';
import { ballot, consultation, project, proposal, questionnaire } from '../test/support/fixtures.js';
import {
  apart,
  beforeEach,
  decorators,
  fails,
  failsLater,
  html,
  presses,
  retries,
  shows,
  within,
} from './support/scene.js';

interface Args {
  projectId: string;
  stepId: string;
  proposalId: string;
  consultationId: string;
  questionnaireId: string;
  metric: 'votes' | 'contributors' | 'contributions' | 'replies';
  refresh: number;
  display: 'inline' | 'tile' | 'board';
  label: string;
  lang: string;
}

const target = { control: 'text' } as const;
const meta: Meta<Args> = {
  title: 'Participation counter',
  component: 'cap-participation-counter',
  beforeEach,
  decorators,
  args: {
    projectId: 'budget',
    stepId: '',
    proposalId: '',
    consultationId: '',
    questionnaireId: '',
    metric: 'votes',
    refresh: 0,
    display: 'inline',
    label: '',
    lang: '',
  },
  argTypes: {
    projectId: target,
    stepId: target,
    proposalId: target,
    consultationId: target,
    questionnaireId: target,
    metric: { control: 'inline-radio', options: ['votes', 'contributors', 'contributions', 'replies'] },
    refresh: { control: { type: 'number', min: 0 } },
    display: { control: 'inline-radio', options: ['inline', 'tile', 'board'] },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  render: (args) =>
    html`<cap-participation-counter
      project-id=${args.projectId || nothing}
      step-id=${args.stepId || nothing}
      proposal-id=${args.proposalId || nothing}
      consultation-id=${args.consultationId || nothing}
      questionnaire-id=${args.questionnaireId || nothing}
      metric=${args.metric}
      refresh=${args.refresh}
      display=${args.display}
      label=${args.label || nothing}
      lang=${args.lang || nothing}
      ><a href="https://participez.valmont.example/project/budget">Les votes sur la plateforme</a>
    </cap-participation-counter>`,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

const having = (...objects: FakeObject[]) => ({ scene: (platform: FakePlatform) => platform.put(...objects) });
const failing = (fault: Fault) => ({ ...apart('240px'), scene: (platform: FakePlatform) => platform.fail(fault) });
const silent = { scene: (platform: FakePlatform) => void platform.hold() };
const votes = having(project('budget'));
const tile = { display: 'tile', refresh: 30 } as const;
const board = { display: 'board', refresh: 30 } as const;
const guinguette = { projectId: '', proposalId: 'guinguette' };
const secret = (publishedVoteDate: string | null) =>
  having(proposal('guinguette', 5_209, 388, { canDisplayBallot: false, publishedVoteDate }));

/** Within a sentence of the page. */
export const Inline: Story = {
  parameters: votes,
  decorators: [(story) => html`<p>À Valmont, le budget participatif a déjà reçu ${story()}</p>`],
};
export const InlineRefreshing: Story = { args: { refresh: 30 }, parameters: votes };
export const InlineLoading: Story = { parameters: silent, play: shows('loading') };
export const InlineFailed: Story = { parameters: failing({ status: 500 }), play: fails };

export const Tile: Story = { args: tile, parameters: votes };
export const TileLoading: Story = { args: tile, parameters: silent, play: shows('loading') };

/** Nobody has voted yet: a true 0. */
export const TileZero: Story = { args: tile, parameters: having(project('budget', { votes: { totalCount: 0 } })) };

/** Votes on paper are counted in, and said. */
export const TilePaper: Story = {
  args: { ...tile, ...guinguette },
  parameters: having(proposal('guinguette', 1_284, 96)),
};
export const TileSecret: Story = {
  args: { ...tile, ...guinguette },
  parameters: secret('2026-07-01 18:00:00'),
  play: shows('ready', 'secret'),
};
export const TileSecretWithoutDate: Story = {
  args: { ...tile, ...guinguette },
  parameters: secret(null),
  play: shows('ready', 'secret'),
};

/** The visitor has stopped the updates of the whole page. */
export const TilePaused: Story = {
  args: tile,
  parameters: { ...apart('240px'), ...votes },
  play: async (context) => {
    await presses(context);
    await shows('paused')(context);
  },
};
export const TileStale: Story = {
  args: tile,
  parameters: { ...apart('240px'), ...votes },
  play: failsLater({ status: 403 }, 7),
};
export const TileMissing: Story = { args: tile, play: shows('empty') };

/** The platform has no such number for this object. */
export const TileNotCounted: Story = { args: { ...tile, metric: 'replies' }, parameters: votes, play: shows('empty') };
export const TileFailed: Story = { args: tile, parameters: failing({ status: 500 }), play: fails };
export const TileForbidden: Story = { args: tile, parameters: failing({ status: 403 }), play: fails };
export const TileRetrying: Story = { args: tile, parameters: failing({ status: 500 }), play: retries };
export const TileCustomLabel: Story = { args: { ...tile, label: 'voix pour Valmont' }, parameters: votes };
export const TileEnglish: Story = { args: { ...tile, lang: 'en' }, parameters: votes };
export const TileNarrow: Story = { args: tile, decorators: [within('narrow')], parameters: votes };
export const TileDark: Story = { args: tile, decorators: [within('dark')], parameters: votes };
export const TileThemed: Story = { args: tile, decorators: [within('themed')], parameters: votes };

/** The workshop’s screen: over the whole window, readable from the back of the room. */
export const Board: Story = { args: board, parameters: { ...apart('540px'), ...votes } };
export const BoardLoading: Story = {
  args: board,
  parameters: { ...apart('540px'), ...silent },
  play: shows('loading'),
};
export const BoardPaper: Story = {
  args: { ...board, ...guinguette, label: 'voix pour la guinguette' },
  parameters: { ...apart('540px'), ...having(proposal('guinguette', 1_284, 96)) },
};
export const BoardSecret: Story = {
  args: { ...board, ...guinguette },
  parameters: { ...apart('540px'), ...secret('2026-07-01 18:00:00') },
  play: shows('ready', 'secret'),
};

/** Without news the last good number stays, with how long it has been. */
export const BoardOffline: Story = {
  args: board,
  parameters: { ...apart('540px'), ...votes },
  play: failsLater({ status: 403 }, 25),
};
export const BoardFailed: Story = {
  args: board,
  parameters: { ...failing({ status: 500 }), ...apart('540px') },
  play: fails,
};

/** What can be counted, in one request to each of the platform’s endpoints. */
export const EveryTarget: Story = {
  parameters: having(
    project('budget'),
    ballot('vote', [proposal('guinguette', 1_284, 96), proposal('frigos', 977)]),
    proposal('guinguette', 1_284, 96),
    consultation('marche'),
    questionnaire('trajets'),
  ),
  render: () => html`
    <div class="tiles">
      <cap-participation-counter display="tile" project-id="budget" metric="contributors"></cap-participation-counter>
      <cap-participation-counter display="tile" step-id="vote"></cap-participation-counter>
      <cap-participation-counter display="tile" proposal-id="guinguette"></cap-participation-counter>
      <cap-participation-counter
        display="tile"
        consultation-id="marche"
        metric="contributions"
      ></cap-participation-counter>
      <cap-participation-counter display="tile" questionnaire-id="trajets" metric="replies"></cap-participation-counter>
    </div>
  `,
};

export const NoPlatform: Story = { parameters: { alone: true }, play: shows('error') };

/** A counter counts one thing: the console says so. */
export const WithoutTarget: Story = { args: { projectId: '' }, play: shows('error') };
