import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSchema, parse, validate, type GraphQLSchema } from 'graphql';

import { compose, type Ask } from '../../src/platform/compose.js';
import { schemaText } from './http-platform.js';

const documents = fileURLToPath(new URL('../../src/platform/documents', import.meta.url));
/** The platform's own published schemas, where somebody has put them beside the project. */
const published = fileURLToPath(new URL('../../../shared/platform', import.meta.url));

type Dialect = 'preview' | 'internal';

const ours = { preview: buildSchema(schemaText('preview')), internal: buildSchema(schemaText('internal')) };
const theirs = (dialect: Dialect): GraphQLSchema =>
  buildSchema(readFileSync(path.join(published, `schema.${dialect}.graphql`), 'utf8'), { assumeValidSDL: true });

/** A document by itself: a fragment is one on objects found by their ids. */
function whole(document: string): string {
  const name = /^\s*fragment (\w+)/.exec(document)?.[1];
  return name ? `query($ids:[ID!]!){nodes(ids:$ids){...${name}}} ${document}` : document;
}

const errorsOf = (schema: GraphQLSchema, document: string): string[] =>
  validate(schema, parse(document)).map(({ message }) => message);

const found: { readonly name: string; readonly dialect: Dialect; readonly text: string }[] = [];
for (const file of readdirSync(documents).filter((name) => name.endsWith('.ts') && name !== 'typed.ts')) {
  const source = readFileSync(path.join(documents, file), 'utf8');
  const module = (await import(pathToFileURL(path.join(documents, file)).href)) as Record<string, unknown>;
  for (const [name, text] of Object.entries(module)) {
    const dialect = new RegExp(`${name} = (preview|internal)\\(`).exec(source)?.[1];
    assert.ok(typeof text === 'string' && dialect, `${file} exports documents only: ${name}`);
    found.push({ name: `${file} ${name}`, dialect: dialect as Dialect, text });
  }
}

suite('the documents', () => {
  test('are found in both dialects', () => {
    assert.deepEqual([...new Set(found.map(({ dialect }) => dialect))].sort(), ['internal', 'preview']);
  });

  for (const { name, dialect, text } of found) {
    test(`${name} is valid in the sandbox’s schema`, () => {
      assert.deepEqual(errorsOf(ours[dialect], whole(text)), []);
    });

    test(
      `${name} is valid in the platform’s published schema`,
      { skip: !existsSync(published) && 'The published schemas are not here.' },
      () => {
        assert.deepEqual(errorsOf(theirs(dialect), whole(text)), []);
      },
    );

    test(`${name} asks for nothing that is deprecated`, () => {
      assert.ok(!/\b(contributionsCount|private|startAt: DateTime)\b/.test(text));
    });

    // The votes of a step are empty for a stranger; whatever else is the visitor's own would null all the rest for one.
    if (!/^\s*mutation|query Viewer/.test(text))
      test(`${name} asks for nothing of the visitor's own but where he is signed in`, () => {
        assert.ok(!/\bviewer(?!Votes\b|Vote\([^)]*\) @include)/.test(text));
      });
  }

  for (const dialect of ['preview', 'internal'] as const)
    test(`of the ${dialect} dialect are valid together in one request, twice over`, () => {
      const asks = found
        .filter((document) => document.dialect === dialect)
        .flatMap(({ text }) =>
          ['a', 'b'].map((id): Ask =>
            /^\s*fragment/.test(text) ? { document: text, id } : { document: text, variables: { id, after: null } },
          ),
        );
      assert.deepEqual(errorsOf(ours[dialect], compose(asks).query), []);
    });

  test('that are wrong would be refused', () => {
    assert.notDeepEqual(errorsOf(ours.preview, whole('fragment F on Project { archived }')), []);
  });
});
