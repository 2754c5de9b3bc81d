import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Package } from 'datapackage';

export interface Verdict {
  /** Tables that were read whole, by their path, with the values of their rows. */
  readonly tables: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>;
  readonly faults: readonly string[];
}

/**
 * What Frictionless’ own library says of a folder: whether its description is one, and whether each table is as described,
 * row by row, with its keys. It takes the mark at the beginning of a file for a part of the first name, which goes before.
 */
export async function validate(folder: string): Promise<Verdict> {
  const copy = mkdtempSync(join(tmpdir(), 'cap-validated-'));
  cpSync(folder, copy, { recursive: true, dereference: true, filter: (name) => !name.includes('.cap-widgets') });
  const tables = new Map<string, Readonly<Record<string, unknown>>[]>();
  try {
    const descriptor = JSON.parse(readFileSync(join(copy, 'datapackage.json'), 'utf8')) as object;
    const found = await Package.load(descriptor, { basePath: copy });
    const faults = found.errors.map(({ message }) => message);
    const tabular = found.resources.filter(({ tabular }) => tabular);
    for (const { descriptor } of tabular) {
      const file = join(copy, descriptor.path);
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
    }
    for (const resource of tabular)
      try {
        tables.set(resource.descriptor.path, await resource.read({ keyed: true, relations: true }));
      } catch (reason) {
        const { message, errors = [] } = reason as Error & { readonly errors?: readonly Error[] };
        faults.push(...[message, ...errors.map((each) => each.message)].map((m) => `${resource.name}: ${m}`));
      }
    return { tables, faults };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
