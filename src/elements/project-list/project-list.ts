import { html, type PropertyDeclarations, type TemplateResult } from 'lit';

import type { Project } from '../../domain/project.js';
import type { ListWish } from '../../state/list-pages.js';
import { LocaleController } from '../../state/locale-controller.js';
import { ProjectsController, projectsOf } from '../../state/project-list.js';
import type { Runtime } from '../../state/runtime.js';
import { hostStyles } from '../../ui/host.styles.js';
import { oneOf } from '../base/attributes.js';
import { CapList } from '../base/cap-list.js';
import { listStyles } from '../base/list.styles.js';
import { messages } from './messages.js';
import { styles } from './project-list.styles.js';

/**
 * Shows the projects of a platform as cards: all of them, or those of a theme, a district or a status.
 *
 * @tag cap-project-list
 * @summary Participation projects as a list of cards.
 * @status experimental
 * @since 0.2
 * @slot - Link to the projects on the platform: shown until the list is, and whenever it cannot be.
 * @fires {CapLoadEvent} cap-load - The first projects are on screen.
 * @fires {CapErrorEvent} cap-error - The projects could not be read, or no more of them.
 * @csspart list - All of it.
 * @csspart count - How many projects there are, or why there are none.
 * @csspart items - The list of cards.
 * @csspart fallback - Around the page's own link.
 * @csspart foot - Around what stands below the cards.
 * @csspart message - Says what could not be read.
 * @csspart button - Shows more, or tries again.
 * @csspart card - One card; its own parts keep their names: `cover`, `status`, `type`, `title`, `link`, `step`, `themes`, `counters`, `counter` and `icon`.
 * @cssproperty [--cap-project-list-gap=var(--cap-space)] - Space between the cards.
 * @cssproperty [--cap-project-list-column=17em] - Width that a column of cards has at the least.
 * @cssstate loading - No answer yet.
 * @cssstate ready - Projects are shown.
 * @cssstate empty - There is no such project.
 * @cssstate error - The projects could not be read, or the page names no platform.
 * @cssstate stale - The latest reading failed: what is shown is older.
 */
export class CapProjectList extends CapList<Project> {
  static override styles = [hostStyles, listStyles, styles];
  static override properties: PropertyDeclarations = {
    theme: {},
    district: {},
    status: { converter: oneOf('all', 'open', 'future', 'closed') },
    order: { converter: oneOf('newest', 'popular') },
    layout: { converter: oneOf('grid', 'list'), reflect: true, useDefault: true },
  };

  /** ID of the theme that projects must have; empty: any. */
  theme = '';
  /** Global ID of the district that projects must be in; empty: any. */
  district = '';
  /** Where projects must stand. */
  status: 'all' | 'open' | 'future' | 'closed' = 'all';
  /** What comes first. */
  order: 'newest' | 'popular' = 'newest';
  /** Cards in columns, or one below the other. */
  layout: 'grid' | 'list' = 'grid';

  protected override readonly locale = new LocaleController(this, messages, () => this.runtime?.settings.lang);
  readonly #projects = new ProjectsController(this);

  protected override wish(runtime: Runtime): ListWish<Project> {
    const { theme, district, status, order } = this;
    return projectsOf(runtime, { theme, district, status, order }, this.first, this.locale.wanted);
  }

  protected override renderItems(projects: readonly Project[]): TemplateResult {
    const { wanted } = this.locale;
    if (this.runtime) this.#projects.share(this.runtime, projects, wanted);
    return html`<ul part="items" role="list">
      ${projects.map(
        ({ id }) =>
          html`<li>
            <cap-project-card
              loading="eager"
              project-id=${id}
              lang=${wanted}
              layout=${this.layout === 'list' ? 'horizontal' : 'vertical'}
              heading-level=${this.headingLevel}
              exportparts="card,cover,status,type,title,link,step,themes,counters,counter,icon"
            ></cap-project-card>
          </li>`,
      )}
    </ul>`;
  }

  protected override renderPlace(): TemplateResult {
    return html`<li><div class="place"></div></li>`;
  }

  protected override async linkOf(index: number): Promise<HTMLElement | null | undefined> {
    const card = this.renderRoot.querySelectorAll('cap-project-card')[index];
    await card?.updateComplete;
    return card?.shadowRoot?.querySelector('a');
  }

  protected override async describe(projects: () => readonly Project[]): Promise<void> {
    (await import('./project-list.data.js')).describeProjects(this, projects());
  }
}
