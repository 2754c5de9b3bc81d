/**
 * Takes out of graphql-request what this library never uses, so that the minifier can drop it from the page's bundle:
 * we send one document a request, always by POST, as text and without an operation name, through `rawRequest` alone, with
 * a serializer, headers, an error policy and a `fetch` of our own, to an absolute address.
 * Each cut names where the code that it expects begins and ends; a version of the package that reads otherwise fails the build.
 */
const CUTS = {
  'classes/GraphQLClient.js': [
    [/ {4}async request\(documentOrOptions[^]*?\n}\n/, '}\n'],
    ['    url;\n    requestConfig;\n', ''],
    ['requestConfig = {}', 'requestConfig'],
    ['async (...args) =>', '(query, variables) =>'],
    [
      /const \[queryOrOptions, variables, requestHeaders\] = args;[^]*?return response;/,
      'return runRequest(this.url, { query, variables }, this.requestConfig);',
    ],
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
  // Of a failed answer the status and the headers matter; what a good one holds is checked by a cursor, with the path to it.
  'helpers/runRequest.js': [
    [
      /async \(input\) => \{[^]*?\n\};\n/,
      `async (url, request, { headers, jsonSerializer, ...options }) => {
        const body = jsonSerializer.stringify(request);
        const answer = await options.fetch(url, { method: 'POST', headers, body, ...options });
        if (!answer.ok) throw new ClientError(answer);
        if (!/json/i.test(answer.headers.get(CONTENT_TYPE_HEADER))) throw new Error('no JSON');
        return jsonSerializer.parse(await answer.text()) ?? {};
      };\n`,
    ],
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
