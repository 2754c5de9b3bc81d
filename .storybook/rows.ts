/** What the tables of Storybook list of an element, out of the custom elements manifest. */
import type { Preview } from '@storybook/web-components-vite';

interface Entry {
  readonly name: string;
  readonly kind?: 'field' | 'method';
  /** Of an attribute: the property that it sets. */
  readonly fieldName?: string;
  /** Of a property: the attribute that sets it. */
  readonly attribute?: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
  readonly default?: string;
  readonly inheritedFrom?: unknown;
}

type Lists = 'attributes' | 'members' | 'events' | 'slots' | 'cssProperties' | 'cssParts' | 'cssStates';
type Declaration = { readonly tagName?: string } & Readonly<Partial<Record<Lists, readonly Entry[]>>>;

export interface Manifest {
  readonly modules: readonly { readonly declarations?: readonly Declaration[] }[];
}

/**
 * Puts the rows of an element in the place of Storybook's own. There attributes come twice, once under the name of their
 * property, whatever shares a name with a part goes missing, and everything has a control, of which most do nothing: here
 * only what the story has an argument for.
 */
export const rowsOf =
  ({ modules }: Manifest): NonNullable<Preview['argTypesEnhancers']>[number] =>
  ({ component, argTypes, initialArgs }) => {
    const element = modules.flatMap(({ declarations = [] }) => declarations).find((one) => one.tagName === component);
    const rows = (category: string, entries: readonly Entry[] = [], name = (entry: Entry) => entry.name) =>
      entries.map((entry) => {
        const { fieldName, description = '', type, default: fallback } = entry;
        const shown = name(entry);
        const key = fieldName ?? shown;
        const table = {
          category,
          ...(type && { type: { summary: type.text } }),
          ...(fallback !== undefined && { defaultValue: { summary: fallback } }),
        };
        const more = key in initialArgs ? argTypes[key] : { control: { disable: true } };
        return [key, { ...more, name: shown, description, table }] as const;
      });
    const properties = element?.members?.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
    const [own, shared] = [false, true].map((inherited) =>
      element?.cssProperties?.filter(({ inheritedFrom }) => Boolean(inheritedFrom) === inherited),
    );
    return {
      ...argTypes,
      ...Object.fromEntries([
        ...rows('attributes', element?.attributes),
        ...rows('properties', properties),
        ...rows('events', element?.events),
        ...rows('slots', element?.slots, ({ name }) => (name ? `<slot name="${name}">` : '<slot>')),
        ...rows('custom properties', own),
        ...rows('custom properties of all elements', shared),
        ...rows('parts', element?.cssParts, ({ name }) => `::part(${name})`),
        ...rows('states', element?.cssStates, ({ name }) => `:state(${name})`),
      ]),
    };
  };
