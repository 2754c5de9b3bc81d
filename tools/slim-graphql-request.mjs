/**
 * Takes out of graphql-request what this library never uses, so that the minifier can drop it from the page's bundle:
 * we send one document a request, always by POST, as text and without an operation name, through `rawRequest` alone, with
 * headers of our own.
 * Each cut names the code that it expects; a version of the package that reads otherwise fails the build.
 */
const CUTS = {
  'classes/GraphQLClient.js': [
    [/ {4}async request\(documentOrOptions[^]*?\n}\n/, '}\n'],
    ['if (responseMiddleware)', 'if (false)'],
    ['...HeadersInitToPlainObject(callOrIdentity(headers))', '...headers'],
    ['...HeadersInitToPlainObject(rawRequestOptions.requestHeaders),', ''],
  ],
  // The message would hold the whole exchange, with the variables: nothing that should end up in a log.
  'classes/ClientError.js': [
    [/`\$\{ClientError\.extractMessage\(response\)\}: [^]*?\}\)\}`/, 'ClientError.extractMessage(response)'],
    ['typeof Error.captureStackTrace === `function`', 'false'],
  ],
  'helpers/analyzeDocument.js': [['if (excludeOperationName)', 'if (true)']],
  'helpers/runRequest.js': [
    ['input.request._tag === `Single`', 'true'],
    ['params.request._tag === `Single`', 'true'],
    ['input.request.document.isMutation', 'true'],
    ['result._tag === `Batch`', 'false'],
    ['switch (result._tag)', 'switch (`Single`)'],
    ['switch (params.request._tag)', 'switch (`Single`)'],
    ['if (params.middleware)', 'if (false)'],
    ['if (method === `POST`)', 'if (true)'],
    ['if (!headers.has(ACCEPT_HEADER))', 'if (false)'],
    ['typeof body === `string` && !headers.has(CONTENT_TYPE_HEADER)', 'false'],
  ],
  'lib/graphql.js': [
    ['if (Array.isArray(result))', 'if (false)'],
    ['result._tag === `Batch`', 'false'],
    ['typeof result !== `object` || result === null', 'false'],
    // A cursor checks what it reads, and with the path to it.
    ['!isPlainObject(result.errors) && !Array.isArray(result.errors)', 'false'],
    ['!isPlainObject(result.data) && result.data !== null', 'false'],
    ['!isPlainObject(result.extensions)', 'false'],
  ],
};

export const slimGraphqlRequest = () => ({
  name: 'slim-graphql-request',
  transform(code, id) {
    const [, file] = /graphql-request\/build\/legacy\/(.+)$/.exec(id) ?? [];
    if (!(file in CUTS)) return null;
    for (const [find, replacement] of CUTS[file]) {
      const next = typeof find === 'string' ? code.replaceAll(find, replacement) : code.replace(find, replacement);
      if (next === code) this.error(`graphql-request has changed: ${file} no longer holds ${find}`);
      code = next;
    }
    return { code, map: null };
  },
});
