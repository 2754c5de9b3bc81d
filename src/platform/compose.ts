/** One thing to read: an object with some of its fields, or a list. */
export type Ask =
  | { readonly kind: 'node'; readonly id: string; readonly fragments: Set<string> }
  | { readonly kind: 'list'; readonly operation: string; readonly variables: Readonly<Record<string, unknown>> };

/** Where the answer to an ask will be: under an alias, and for objects at a place in the list there. */
export type Place = readonly [alias: string, index?: number];

export interface Composed {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** In the order of the asks. */
  readonly places: readonly Place[];
}

/** Sorts asks, so that the same asks make the same bytes whoever asked first. */
export const keyOf = (ask: Ask): string =>
  ask.kind === 'node' ? `0 ${ask.id}` : `1 ${ask.operation} ${JSON.stringify(ask.variables)}`;

/**
 * Writes one document for many asks. Objects that need the same fields are read by one `nodes`; a list keeps its own
 * document, with one field at its root, whose variables are renamed after its alias.
 */
export function compose(asks: readonly Ask[]): Composed {
  const fragments = new Set<string>();
  const declarations: string[] = [];
  const fields: string[] = [];
  const variables: Record<string, unknown> = {};
  const groups = new Map<string, { alias: string; ids: string[] }>();

  const places = asks.map((ask, position): Place => {
    if (ask.kind === 'list') {
      const alias = `l${String(position)}`;
      const [, declared = '', body = ''] = /^query \w+ ?\((.*?)\) ?\{(.*)\}$/.exec(squeeze(ask.operation)) ?? [];
      const rename = (part: string): string => part.replace(/\$(?=\w)/g, `$${alias}`);
      declarations.push(rename(declared));
      fields.push(`${alias}:${rename(body).trim()}`);
      for (const [name, value] of Object.entries(ask.variables)) variables[alias + name] = value;
      return [alias];
    }
    const needed = [...ask.fragments].sort();
    for (const fragment of needed) fragments.add(fragment);
    const key = needed.join();
    let group = groups.get(key);
    if (!group) {
      group = { alias: `n${String(groups.size)}`, ids: [] };
      groups.set(key, group);
      variables[group.alias] = group.ids;
      declarations.push(`$${group.alias}:[ID!]!`);
      const spreads = needed.map((fragment) => `...${/^\s*fragment (\w+)/.exec(fragment)?.[1] ?? ''}`);
      fields.push(`${group.alias}:nodes(ids:$${group.alias}){__typename ${spreads.join(' ')}}`);
    }
    return [group.alias, group.ids.push(ask.id) - 1];
  });

  const query = `query(${declarations.join()}){${fields.join(' ')}}${[...fragments].sort().map(squeeze).join(' ')}`;
  return { query, variables, places };
}

const squeeze = (document: string): string => document.replace(/\s+/g, ' ').trim();
