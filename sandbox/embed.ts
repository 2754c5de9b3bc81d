import { html, title, type Html } from './html.js';
import type { Api } from './platform/api.js';

/** What a webmaster copies from the platform into a page: an object's id, its title and its address. */
export interface Link {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

const QUERY = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Project { title url } } }';

/** Links to these projects, in their order. */
export async function linksTo(api: Api, ids: readonly string[]): Promise<Link[]> {
  const { body } = await api.execute({ endpoint: 'preview', query: QUERY, variables: { ids } });
  // Our own query against our own schema: the shape is known.
  const { data } = body as { data?: { nodes: (Link | null)[] } };
  return data?.nodes.filter((node) => node !== null) ?? [];
}

/** The link to one project; the sandbox names its projects, so it has to be there. */
export async function linkTo(api: Api, id: string | undefined): Promise<Link> {
  const [link] = await linksTo(api, id === undefined ? [] : [id]);
  if (!link) throw new Error(`The platform shows nobody the project ${id}.`);
  return link;
}

/** The link to a step where proposals are voted for. */
export async function stepLinkTo(api: Api, id: string): Promise<Link> {
  const query = 'query ($id: ID!) { node(id: $id) { id ... on Step { title url } } }';
  const { body } = await api.execute({ endpoint: 'internal', query, variables: { id } });
  const { data } = body as { data?: { node: Link | null } };
  if (!data?.node) throw new Error(`The platform shows nobody the step ${id}.`);
  return data.node;
}

/** The script tag, as a city pastes it. */
export function widgetsScript(platform: string): Html {
  return html`<script type="module" src="${platform}/widgets/v1/cap-widgets.js" data-platform="${platform}"></script>`;
}

/** A project card with the link that stands in for it, and a title of the level that the page around it calls for. */
export function projectCard({ id, title: name, url }: Link, level = 3): Html {
  return html`<cap-project-card project-id="${id}" ${level !== 3 && html`heading-level="${level}"`}
    ><a href="${url}">${title(name)}</a></cap-project-card
  >`;
}
