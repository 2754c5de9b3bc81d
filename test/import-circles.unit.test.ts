import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type ts from 'typescript';

import { importAt, parse, sourcesOf, targetOf, type Sources } from './support/imports.js';

/** The files that each file imports, now or later, for their values or for a type alone: either way, one is read with the other. */
function graphOf(sources: Sources): Map<string, readonly string[]> {
  const graph = new Map<string, readonly string[]>();
  for (const [from, source] of Object.entries(sources)) {
    const targets = new Set<string>();
    const visit = (node: ts.Node): void => {
      const found = importAt(node);
      if (found?.specifier.startsWith('.')) targets.add(targetOf(from, found.specifier));
      node.forEachChild(visit);
    };
    visit(parse(source));
    graph.set(
      from,
      [...targets].filter((file) => file in sources),
    );
  }
  return graph;
}

/** The files that lead to each other, one list for all that hang together (by Tarjan). */
function circlesIn(sources: Sources): string[] {
  const graph = graphOf(sources);
  const circles: string[] = [];
  const reached = new Map<string, number>();
  const trail: string[] = [];
  /** The earliest file of the trail that this one leads to. */
  const walk = (file: string): number => {
    const place = reached.size;
    reached.set(file, place);
    const start = trail.push(file) - 1;
    let earliest = place;
    for (const next of graph.get(file) ?? []) {
      const known = reached.get(next);
      if (known === undefined) earliest = Math.min(earliest, walk(next));
      else if (trail.includes(next)) earliest = Math.min(earliest, known);
    }
    if (earliest === place) {
      const members = trail.splice(start);
      if (members.length > 1 || graph.get(file)?.includes(file)) circles.push(members.sort().join(' '));
    }
    return earliest;
  };
  for (const file of graph.keys()) if (!reached.has(file)) walk(file);
  return circles.sort();
}

suite('imports go in no circle', () => {
  for (const folder of ['src', 'sandbox', 'stories', 'bench', 'test'])
    test(`in ${folder}/`, () => {
      assert.deepEqual(circlesIn(sourcesOf(folder)), []);
    });

  const circles: [name: string, sources: Sources, found: string[]][] = [
    ['of two files', { 'core/a.ts': "import './b.js';", 'core/b.ts': "import './a.js';" }, ['core/a.ts core/b.ts']],
    [
      'for their types alone',
      { 'a.ts': "import type { B } from './b.js';", 'b.ts': "export type A = import('./a.js').A;" },
      ['a.ts b.ts'],
    ],
    ['that one of them loads later', { 'a.ts': "import('./b.js');", 'b.ts': "import './a.js';" }, ['a.ts b.ts']],
    ['that is exported again', { 'a.ts': "export * from './b.js';", 'b.ts': "import './a.js';" }, ['a.ts b.ts']],
    ['of a file with itself', { 'a.ts': "import './a.js';" }, ['a.ts']],
    [
      'of many, with others beside it',
      {
        'a.ts': "import './b.js'; import './e.js';",
        'b.ts': "import './c.js';",
        'c.ts': "import './a.js'; import './d.js';",
        'd.ts': "import './e.js';",
        'e.ts': '',
      },
      ['a.ts b.ts c.ts'],
    ],
    [
      'where two lead to a third',
      { 'a.ts': "import './b.js'; import './c.js';", 'b.ts': "import './c.js';", 'c.ts': '' },
      [],
    ],
  ];
  for (const [name, sources, found] of circles)
    test(`${found.length ? 'finds one' : 'finds none'} ${name}`, () => {
      assert.deepEqual(circlesIn(sources), found);
    });
});
