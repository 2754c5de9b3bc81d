import { write } from '../core/json.js';

/** One thing to read. */
export interface Ask {
  /**
   * A named fragment, read of the object with this `id`; or an operation with one field at its root, without an alias.
   * Behind either, the fragments that it spreads.
   */
  readonly document: string;
  readonly id?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Composed {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** In the order of the asks, where each answer will be: under an alias, and for an object at a place in the list there. */
  readonly places: readonly (readonly (string | number)[])[];
}

/** Sorts asks, so that the same asks make the same bytes whoever asked first. */
export const keyOf = ({ document, id, variables }: Ask): string => document + (id ?? write(variables));

/**
 * Writes one document for many asks. Objects that need the same fields are read by one `nodes`; an operation keeps its
 * field, with its variables renamed after its alias.
 */
export function compose(asks: readonly Ask[]): Composed {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fields: string[] = [];
  // Each once, whoever spreads it.
  const fragments = new Set<string>();
  const places = asks.map(({ document, id, variables: own }, position) => {
    const [main = '', ...spread] = document.trim().split(/\s*(?=fragment \w+ on )/);
    const [, name, parameters, field] = /^(?:fragment (\w+)|query \w+ ?(?:\(([^]*?)\) ?)?{([^]*)}$)/.exec(main) ?? [];
    for (const fragment of spread) fragments.add(fragment);
    if (name) {
      const ids = (variables[name] ??= []) as unknown[];
      if (ids.push(id) === 1) {
        fragments.add(main);
        declared.push(`$${name}:[ID!]!`);
        fields.push(`${name}:nodes(ids:$${name}){__typename ...${name}}`);
      }
      return [name, ids.length - 1];
    }
    const alias = `q${position}`;
    const rename = (part: string): string => part.trim().replace(/\$/g, `$${alias}`);
    if (parameters) declared.push(rename(parameters));
    if (field) fields.push(`${alias}:${rename(field)}`);
    for (const [key, value] of Object.entries({ ...own })) variables[alias + key] = value;
    return [alias];
  });
  const parameters = declared.length ? `(${declared.join()})` : '';
  const query = `query${parameters}{${fields.join(' ')}} ${[...fragments].join(' ')}`.replace(/\s+/g, ' ');
  return { query, variables, places };
}
