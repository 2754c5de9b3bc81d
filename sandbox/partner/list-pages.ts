import type { StoredRecord } from '../../src/sync/api.js';
import { html, type Html } from '../html.js';
import { timeZone } from '../platform/dates.js';

/** As many as the widgets beside the lists show at first. */
export const SHOWN = 12;

const day = new Intl.DateTimeFormat('fr', { timeZone, dateStyle: 'long' });
const moment = new Intl.DateTimeFormat('fr', { timeZone, dateStyle: 'full', timeStyle: 'short' });

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A list from our files, and the same list by the widget of the platform. */
function bothWays(heading: string, intro: string, ours: Html, widget: Html): Html {
  return html`<h1>${heading}</h1>
    <p>${intro}</p>
    <div class="both">
      <section aria-labelledby="fichiers">
        <h2 id="fichiers">D’après nos fichiers</h2>
        ${ours}
      </section>
      <section aria-labelledby="widget">
        <h2 id="widget">En direct de la plateforme</h2>
        ${widget}
      </section>
    </div>`;
}

const STATUS: Readonly<Record<string, string>> = { future: 'à venir', open: 'en cours', closed: 'terminé' };

/** What there is to say of a project in a line. */
const about = (project: StoredRecord): string =>
  [
    text(project['type']),
    STATUS[text(project['status'])],
    `publié le ${day.format(Date.parse(text(project['publishedAt'])))}`,
  ]
    .filter(Boolean)
    .join(', ');

const link = ({ title, url }: StoredRecord): Html => html`<a href="${text(url)}">${text(title)}</a>`;

/** The latest projects. */
export function projectsPage(projects: readonly StoredRecord[], platform: string): Html {
  const latest = [...projects]
    .sort((a, b) => Date.parse(text(b['publishedAt'])) - Date.parse(text(a['publishedAt'])))
    .slice(0, SHOWN);
  return bothWays(
    'Les projets de la ville',
    'La même liste, deux fois : lue dans les fichiers que nous recevons chaque nuit, et affichée par la plateforme de participation.',
    html`<ul class="records">
      ${latest.map((project) => html`<li data-id="${project.id}">${link(project)} <small>${about(project)}</small></li>`)}
    </ul>`,
    html`<cap-project-list first="${SHOWN}" structured-data
      ><a href="${platform}">Les projets, sur la plateforme</a></cap-project-list
    >`,
  );
}

const endOf = (event: StoredRecord): number => Date.parse(text(event['endAt'] ?? event['startAt']));

/** The events that are to come, next first. */
export function agendaPage(events: readonly StoredRecord[], platform: string, now: number): Html {
  const coming = events
    .filter((event) => endOf(event) > now)
    .sort((a, b) => Date.parse(text(a['startAt'])) - Date.parse(text(b['startAt'])))
    .slice(0, SHOWN);
  const place = (event: StoredRecord): string => text((event['place'] as { address?: unknown } | null)?.address);
  return bothWays(
    'L’agenda de la ville',
    'Les rendez-vous à venir, lus dans nos fichiers et affichés par la plateforme de participation.',
    html`<ul class="records">
        ${coming.map((event) => html`<li data-id="${event.id}"><time datetime="${text(event['startAt'])}">${moment.format(Date.parse(text(event['startAt'])))}</time> ${link(event)} <small>${place(event)}</small></li>`)}
      </ul>
      <p><a href="/fichiers/events.ics">S’abonner à l’agenda (iCalendar)</a></p>`,
    html`<cap-event-list first="${SHOWN}" structured-data
      ><a href="${platform}">L’agenda, sur la plateforme</a></cap-event-list
    >`,
  );
}

export interface FileLink {
  readonly path: string;
  readonly mediatype: string;
  readonly bytes: number;
  readonly schema?: { readonly fields: readonly { readonly name: string; readonly description: string }[] };
}

const size = new Intl.NumberFormat('fr', { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 });

/** The files themselves. */
export function filesPage(files: readonly FileLink[]): Html {
  return html`<h1>Nos données</h1>
    <p>
      Les projets, leurs étapes et les rendez-vous de la plateforme de participation, dans des formats ouverts. Leur
      description se trouve dans <a href="/fichiers/datapackage.json">datapackage.json</a>, et ce qui a changé en
      dernier dans <a href="/fichiers/changes.json">changes.json</a>.
    </p>
    <table>
      <caption>
        Fichiers
      </caption>
      <thead>
        <tr>
          <th scope="col">Fichier</th>
          <th scope="col">Format</th>
          <th scope="col">Taille</th>
        </tr>
      </thead>
      <tbody>
        ${files.map(
          ({ path, mediatype, bytes }) =>
            html`<tr>
              <th scope="row"><a href="/fichiers/${path}">${path}</a></th>
              <td>${mediatype}</td>
              <td>${size.format(bytes / 1000)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <form method="post" action="/donnees">
      <button>Mettre à jour maintenant</button>
    </form>
    <h2>Les colonnes des tableaux</h2>
    ${files.map(({ path, schema }) =>
      schema
        ? html`<details>
            <summary>${path}</summary>
            <dl>
              ${schema.fields.map(
                ({ name, description }) =>
                  html`<dt>${name}</dt>
                    <dd>${description}</dd>`,
              )}
            </dl>
          </details>`
        : '',
    )}`;
}
