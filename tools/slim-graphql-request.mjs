/**
 * Takes out of graphql-request what this library never uses, so that the minifier can drop it from the page's bundle:
 * we send one document a request, always by POST, as text and without an operation name, through `rawRequest` alone, with
 * a serializer, headers and an error policy of our own, to an absolute address.
 * Each cut names the code that it expects; a version of the package that reads otherwise fails the build.
 */
const CUTS = {
  'classes/GraphQLClient.js': [
    [/ {4}async request\(documentOrOptions[^]*?\n}\n/, '}\n'],
    // The constructor sets both.
    ['    url;\n    requestConfig;\n', ''],
    [
      /async \(\.\.\.args\) => \{\s+const \[queryOrOptions, variables, requestHeaders\] = args;/,
      'async (queryOrOptions, variables) => {',
    ],
    ['parseRawRequestArgs(queryOrOptions, variables, requestHeaders)', '{ query: queryOrOptions, variables }'],
    ['fetch = globalThis.fetch, method = `POST`, requestMiddleware, responseMiddleware, excludeOperationName,', ''],
    ['if (rawRequestOptions.signal !== undefined)', 'if (false)'],
    ['analyzeDocument(rawRequestOptions.query, excludeOperationName)', '{ expression: rawRequestOptions.query }'],
    [/headers: \{[^]*?\n {12}\},\n/, 'headers,\n'],
    [/ {12}fetch,\n {12}method,\n {12}fetchOptions,\n {12}middleware: requestMiddleware,\n/, 'fetchOptions,\n'],
    ['_tag: `Single`,', ''],
    ['if (responseMiddleware)', 'if (false)'],
  ],
  // The message would hold the whole exchange, with the variables: nothing that should end up in a log.
  'classes/ClientError.js': [
    [/`\$\{ClientError\.extractMessage\(response\)\}: [^]*?\}\)\}`/, '`GraphQL Error`'],
    [/ {4}static extractMessage[^]*?\n {4}\}\n/, ''],
    ['Object.setPrototypeOf(this, ClientError.prototype);', ''],
    ['    response;\n    request;\n', ''],
    ['this.request = request;', ''],
    ['typeof Error.captureStackTrace === `function`', 'false'],
  ],
  'helpers/runRequest.js': [
    [/const config = \{[^]*?\n {4}\};/, 'const config = input;'],
    ['createFetcher(config.method)', 'createFetcher(`POST`)'],
    // Of a failed answer the status and the headers matter, and of a good one what GraphQL says.
    [/if \(!fetchResponse\.ok\) \{[^]*?\n {4}\}/, 'if (!fetchResponse.ok) return new ClientError(clientResponseBase);'],
    [/ {8}body,\n {4}\};/, '    };'],
    [
      /return \{\s+\.\.\.clientResponseBase,\s+\.\.\.executionResultClientResponseFields\(config\)\(([^)]*)\),\s+\};/,
      'return $1;',
    ],
    ['isRequestResultHaveErrors(result) && config.fetchOptions.errorPolicy === `none`', 'false'],
    ['result._tag === `Batch`', 'false'],
    ['switch (result._tag)', 'switch (`Single`)'],
    ['switch (params.request._tag)', 'switch (`Single`)'],
    ['operationName: params.request.document.operationName,', ''],
    ['new Headers(params.headers)', 'params.headers'],
    ['new URL(params.url)', 'params.url'],
    [' ?? defaultJsonSerializer', ''],
    ['params.fetch ?? fetch', '(params.fetchOptions.fetch ?? fetch)'],
    ['if (params.middleware)', 'if (false)'],
    ['if (method === `POST`)', 'if (true)'],
    ['if (!headers.has(ACCEPT_HEADER))', 'if (false)'],
    ['typeof body === `string` && !headers.has(CONTENT_TYPE_HEADER)', 'false'],
  ],
  'lib/graphql.js': [
    ['if (Array.isArray(result))', 'if (false)'],
    ['_tag: `Single`,', ''],
    // A cursor checks what it reads, and with the path to it.
    ['executionResult: parseExecutionResult(result)', 'executionResult: result'],
    [/: result is not object or array\. \\nGot:\\n\$\{String\(result\)\}/, ''],
    // A server answers with this type only where `Accept` names it, which ours does not.
    ['contentTypeLower.includes(CONTENT_TYPE_GQL) || ', ''],
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
