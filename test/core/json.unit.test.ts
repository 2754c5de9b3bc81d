import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import fc from 'fast-check';

import { write } from '../../src/core/json.js';

const TYPES = [Object, Array, String, Number, Boolean, Date];

/** What scripts of pages have put there; none of them writes what stands there. */
const changes: Readonly<Record<string, (prototype: object, name: string) => void>> = {
  'a text': (prototype, name) => Object.assign(prototype, { toJSON: () => `"${name}"` }),
  'another value': (prototype) => Object.assign(prototype, { toJSON: () => ({ changed: [true] }) }),
  'nothing at all': (prototype) => Object.assign(prototype, { toJSON: () => undefined }),
  'more properties': (prototype) => Object.assign(prototype, { each: () => undefined, version: '2.1' }),
};

/** What has the browser's own prototypes; a key that changes a prototype is no key. */
const values = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);

const restore = (): void => {
  for (const { prototype } of TYPES)
    for (const name of ['toJSON', 'each', 'version'])
      if (prototype !== Date.prototype || name !== 'toJSON') Reflect.deleteProperty(prototype, name);
  Date.prototype.toJSON = ownToJson;
};
const ownToJson = Reflect.get(Date.prototype, 'toJSON');
afterEach(restore);

test('a value is written as the browser writes it', () => {
  fc.assert(fc.property(values, (value) => assert.equal(write(value), JSON.stringify(value))));
  assert.equal(write({ left: undefined, list: [undefined, NaN], zero: -0 }), '{"list":[null,null],"zero":0}');
});

for (const [what, change] of Object.entries(changes))
  test(`it is written so too where the page has given every prototype ${what}`, () => {
    fc.assert(
      fc.property(values, (value) => {
        const expected = JSON.stringify(value);
        let written: string;
        try {
          for (const type of TYPES) change(type.prototype as object, type.name);
          written = write(value);
        } finally {
          restore();
        }
        assert.equal(written, expected);
      }),
    );
  });
