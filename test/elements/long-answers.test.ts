import { expect } from '@open-wc/testing';

import { ApiError } from '../../src/core/errors.js';
import { Loader } from '../../src/platform/loader.js';
import type { Document } from '../../src/platform/documents/typed.js';
import { endless } from '../support/endless.js';

describe('an answer without an end', () => {
  it('is given up in this browser, too, and with the reason', async () => {
    const { response, taken } = endless();
    const endpoint = { url: 'https://participez.valmont.example/graphql', headers: {}, credentials: 'omit' } as const;
    const loader = new Loader({ ...endpoint, fetch: () => Promise.resolve(response) });
    // The type of a document describes its parsed form, which never exists at run time.
    const title = 'fragment Title on Project { title }' as unknown as Document<unknown>;
    const options = { lang: 'fr', signal: new AbortController().signal };
    const reason: unknown = await loader.node('id', title, String, options).catch((rejected: unknown) => rejected);
    expect(reason).to.be.instanceOf(ApiError);
    expect((reason as ApiError).message).to.equal('bad-response: the answer is too long');
    expect(taken.cancelled).to.equal(true);
    expect(taken.bytes).to.be.within(8e6, 9e6);
  });
});
