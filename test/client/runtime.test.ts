import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';

import { CapClient } from '../../src/client.js';
import { all, startTown, type Town } from './support.js';

const run = promisify(execFile);
const built = fileURLToPath(new URL('../../dist/npm/client.js', import.meta.url));

let town: Town;
before(async () => void (town = await startTown()));
after(() => town.sandbox.stop());

suite('the client needs no page', () => {
  test('nor any other global than those of a worker', async () => {
    const seen = new Set<PropertyKey>();
    const pageOnly = ['window', 'document', 'localStorage', 'customElements', 'HTMLElement'];
    const own = pageOnly.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
    for (const name of pageOnly)
      Object.defineProperty(globalThis, name, {
        configurable: true,
        get() {
          seen.add(name);
        },
      });
    const projects = await all(new CapClient({ platform: town.url }).projects({ first: 5 }));
    for (const [name, descriptor] of own) {
      Reflect.deleteProperty(globalThis, name);
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    }
    assert.equal(projects.length, 5);
    // Where there is a page, an address may be relative to it.
    assert.deepEqual([...seen], seen.has('document') ? ['document'] : []);
  });

  test('sends by the function that it is given', async () => {
    const sent: string[] = [];
    const client = new CapClient({
      platform: town.url,
      fetch: (input, init) => {
        sent.push(`${init?.method} ${input instanceof Request ? input.url : String(input)}`);
        return fetch(input, init);
      },
    });
    await all(client.projects({ first: 1 }));
    assert.deepEqual(sent, [`POST ${town.url}/graphql`]);
  });

  test(
    'as it is packed, in a process of its own',
    { skip: !existsSync(built) && 'It has not been built.' },
    async () => {
      const script = `
        import { CapClient, ApiError } from ${JSON.stringify(pathToFileURL(built).href)};
        let steps = 0;
        let failure;
        for await (const project of new CapClient({ platform: ${JSON.stringify(town.url)} }).projects()) steps += project.steps.length;
        try {
          for await (const step of new CapClient({ platform: ${JSON.stringify(town.url)} }).steps('none')) steps += step.id;
        } catch (reason) {
          failure = reason instanceof ApiError && reason.code;
        }
        console.log(JSON.stringify({ steps, failure, page: typeof document }));`;
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script]);
      const steps = (await all(new CapClient({ platform: town.url }).projects())).flatMap((project) => project.steps);
      assert.deepEqual(JSON.parse(stdout), { steps: steps.length, failure: 'not-found', page: 'undefined' });
    },
  );
});
