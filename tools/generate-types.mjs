/**
 * Writes the types from which gql.tada infers the result of each document: one file for each dialect of the platform.
 *
 *   node tools/generate-types.mjs [folder of preview.graphql and internal.graphql]
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemas = path.resolve(process.argv[2] ?? path.join(root, 'sandbox/platform/schema'));
const target = path.join(root, 'src/platform/documents/generated');

/** Time of the last change, or 0 for a file that does not exist. */
const changedAt = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const outdated = ['preview', 'internal']
  .map((name) => ({ source: path.join(schemas, `${name}.graphql`), output: path.join(target, `${name}.d.ts`) }))
  .filter(({ source, output }) => changedAt(output) <= Math.max(changedAt(source), changedAt(import.meta.filename)));

if (outdated.length > 0) {
  // Loaded only when needed: these packages bring TypeScript along, which takes longer to start than all the rest.
  const { buildSchema, introspectionFromSchema } = await import('graphql');
  const { minifyIntrospection, preprocessIntrospection } = await import('@gql.tada/internal');
  mkdirSync(target, { recursive: true });
  for (const { source, output } of outdated) {
    const introspection = introspectionFromSchema(buildSchema(readFileSync(source, 'utf8')), { descriptions: false });
    // Only the type: the file that gql.tada's own command writes also sets one global default schema, and we have two.
    const types = `export type introspection = ${preprocessIntrospection(minifyIntrospection(introspection))};\n`;
    writeFileSync(output, types);
    console.log(`${path.relative(root, source)} → ${path.relative(root, output)}`);
  }
}
