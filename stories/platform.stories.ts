import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { nothing } from 'lit';

import '../src/elements/participation-counter/define.js';
import '../src/elements/project-card/define.js';
import type { FakePlatform } from '../test/support/fake-platform.js';
import { project } from '../test/support/fixtures.js';
import { covers } from './support/covers.js';
import { beforeEach, column, decorators, html, shows } from './support/scene.js';

interface Args {
  access: '' | 'public' | 'session';
  lang: string;
  timeZone: string;
}

const meta: Meta<Args> = {
  title: 'Platform',
  component: 'cap-platform',
  beforeEach,
  decorators: [...column, ...decorators],
  args: { access: '', lang: '', timeZone: '' },
  argTypes: {
    access: { control: 'inline-radio', options: ['', 'public', 'session'] },
    lang: { control: 'inline-radio', options: ['', 'fr', 'en'] },
  },
  parameters: {
    scene: (platform: FakePlatform) =>
      platform.put(
        project('budget', { cover: { url: covers.riverside } }),
        project('garden', { cover: { url: covers.garden }, title: 'Les jardins partagés', archived: true }),
      ),
  },
  // The platform around it has the address; what this one leaves out stays as it is there.
  render: ({ access, lang, timeZone }) => html`
    <cap-platform access=${access || nothing} lang=${lang || nothing} time-zone=${timeZone || nothing}>
      <cap-project-card project-id="budget"></cap-project-card>
      <p>
        <cap-participation-counter project-id="budget" metric="contributors"></cap-participation-counter>
      </p>
    </cap-platform>
  `,
  play: shows('ready'),
};
export default meta;
type Story = StoryObj<Args>;

/** Widgets inside share one platform, and one request. */
export const OnePlatform: Story = {};

export const InEnglish: Story = { args: { lang: 'en' } };

/** As on the platform’s own pages, with the visitor’s session. */
export const WithSession: Story = { args: { access: 'session' } };

/** Dates are read in another zone than that of Paris. */
export const OverseasTime: Story = { args: { timeZone: 'Indian/Reunion' } };

/** The closest platform wins, and keeps what it does not say itself. */
export const Nested: Story = {
  render: () => html`
    <cap-project-card project-id="garden"></cap-project-card>
    <cap-platform lang="en">
      <cap-platform access="session"><cap-project-card project-id="garden"></cap-project-card></cap-platform>
    </cap-platform>
  `,
};
