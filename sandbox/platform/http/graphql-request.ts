import type { Request } from 'express';

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(entries: Iterable<[string, unknown]>): Record<string, unknown> {
  return Object.fromEntries(entries);
}

/** The parameters in the body, by its content type; anything after `;` there only matters to find multipart borders. */
async function readBody(request: Request): Promise<unknown> {
  const contentType = request.get('Content-Type') ?? '';
  const body: Buffer = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  switch (contentType.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return JSON.parse(body.toString());
    case 'application/graphql':
      return { query: body.toString() };
    case 'application/x-www-form-urlencoded':
      return fieldsOf(new URLSearchParams(body.toString()));
    case 'multipart/form-data':
      return fieldsOf(
        await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData(),
      );
    default:
      return {};
  }
}

function readVariables(value: unknown): Record<string, unknown> | undefined {
  const variables: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  if (variables === undefined || variables === null) return undefined;
  if (!isRecord(variables)) throw new TypeError('Variables have names.');
  return variables;
}

/**
 * The GraphQL request in an HTTP request, or nothing where the platform finds none: no body, broken JSON, an empty
 * query, a batch. Parameters of the URL win over those of the body.
 */
export async function readGraphQLRequest(request: Request): Promise<GraphQLRequest | undefined> {
  try {
    const search = new URL(request.originalUrl, 'http://platform').searchParams;
    const body = await readBody(request);
    if (!isRecord(body)) return undefined;
    const { query, variables, operationName } = { ...body, ...fieldsOf(search) };
    if (typeof query !== 'string' || query.trim() === '') return undefined;
    const values = readVariables(variables);
    return {
      query,
      ...(values === undefined ? {} : { variables: values }),
      ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
    };
  } catch {
    return undefined;
  }
}
