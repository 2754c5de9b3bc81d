import { readFileSync } from 'node:fs';

import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  buildSchema,
  execute,
  getOperationAST,
  GraphQLError,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
  visit,
  type ASTVisitor,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type ValidationContext,
} from 'graphql';

import type { Endpoint } from './endpoint.js';
import { Links } from './links.js';
import { Objects } from './objects.js';
import type { Context } from './resolvers/context.js';
import { AccessDenied, UserError, UserErrors } from './resolvers/errors.js';
import { fieldResolver } from './resolvers/fields.js';
import { mutations, resolvers } from './resolvers/index.js';
import type { UserRow } from './rows.js';
import type { Store } from './store.js';

export interface ExecuteInput {
  readonly endpoint: Endpoint;
  readonly query: string;
  readonly variables?: Record<string, unknown> | undefined;
  readonly operationName?: string | undefined;
  /** The user who is signed in, or whose key was sent. */
  readonly userId?: string | undefined;
  /** The network address that the request came from; nothing for questions of the platform to itself. */
  readonly ip?: string | undefined;
  /** The language asked for, such as `en-GB`. */
  readonly locale?: string | undefined;
}

export interface ExecuteResult {
  readonly status: 200 | 400;
  readonly body: object;
}

export interface Api {
  execute(input: ExecuteInput): Promise<ExecuteResult>;
}

/** Documents are checked against what is published, and run on what the platform really answers with. */
interface Schemas {
  readonly published: GraphQLSchema;
  readonly executable: GraphQLSchema;
}

function readSchemas(endpoint: Endpoint): Schemas {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const published = read(`./schema/${endpoint}.graphql`);
  return {
    published: buildSchema(published),
    executable: makeExecutableSchema<Context>({
      typeDefs: [withOwnMutations(published), read(`./schema/runtime/${endpoint}.graphql`)],
      resolvers,
      // The resolvers serve three schemas, each of which has some of their fields.
      resolverValidationOptions: { requireResolversToMatchSchema: 'ignore' },
    }),
  };
}

/** The platform's mutations are published; this sandbox carries out some of them. */
function withOwnMutations(schema: string): DocumentNode {
  return visit(parse(schema), {
    ObjectTypeDefinition: (node) => {
      if (node.name.value !== 'Mutation') return undefined;
      const fields = node.fields?.filter(({ name }) => name.value in mutations) ?? [];
      return fields.length > 0 ? { ...node, fields } : null;
    },
  });
}

/** Says no to introspection in the platform's words. */
function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      if (node.name.value !== '__schema' && node.name.value !== '__type') return;
      const message = 'GraphQL introspection is not allowed, but the query contained __schema or __type';
      context.reportError(new GraphQLError(message, { nodes: [node] }));
    },
  };
}

/** `report` hears of errors whose message the platform keeps to itself. */
export function createApi(store: Store, report: (error: Error) => void = () => undefined): Api {
  const schemas = {
    public: readSchemas('public'),
    preview: readSchemas('preview'),
    internal: readSchemas('internal'),
  };

  return {
    async execute({ endpoint, query, variables, operationName, userId, ip, locale }) {
      const { published, executable } = schemas[endpoint];
      let document: DocumentNode;
      try {
        document = parse(query);
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        return { status: 400, body: { errors: [requestError(error)] } };
      }
      const rules = store.flag('graphql_introspection') ? specifiedRules : [...specifiedRules, noIntrospection];
      const mistakes = validate(published, document, rules);
      if (mistakes.length > 0) return { status: 200, body: { errors: mistakes.map(requestError) } };
      const result = await execute({
        schema: executable,
        document,
        contextValue: contextOf(store, { endpoint, userId, ip, locale }),
        fieldResolver,
        ...(variables ? { variableValues: variables } : {}),
        ...(operationName ? { operationName } : {}),
      });
      const operation = getOperationAST(document, operationName);
      return {
        status: 200,
        body: publishedResult(result, operation?.operation === OperationTypeNode.MUTATION, report),
      };
    },
  };
}

type Asker = Pick<ExecuteInput, 'endpoint' | 'userId' | 'ip' | 'locale'>;

/** What resolvers are given of a request. */
export function contextOf(store: Store, { endpoint, userId, ip = '', locale }: Asker): Context {
  const { sql } = store;
  const viewer =
    userId === undefined
      ? undefined
      : sql.get<UserRow>("SELECT 'User' AS __typename, u.* FROM user u WHERE u.id = ? AND u.enabled = 1", userId);
  const objects = new Objects(sql, viewer);
  const language = store.locale(locale);
  const prefix = store.flag('multilangue') ? `/${language.slice(0, 2)}` : '';
  return {
    endpoint,
    store,
    sql,
    objects,
    links: new Links(store.baseUrl, prefix, objects, sql),
    viewer,
    ip,
    locale: language,
    now: store.now(),
  };
}

/** A mistake in the request itself: the document, or its variables. */
function requestError({ message, locations }: GraphQLError): object {
  return { message, extensions: { category: 'graphql' }, ...(locations ? { locations } : {}) };
}

/** On a read, a denied field is a warning beside the data; on a mutation it is an error. */
function publishedResult(result: ExecutionResult, isMutation: boolean, report: (error: Error) => void): object {
  const errors: object[] = [];
  const warnings: object[] = [];
  for (const error of result.errors ?? []) {
    const { originalError, locations, path } = error;
    const place = { locations, path };
    if (originalError instanceof AccessDenied) {
      const list = isMutation && path?.length === 1 ? errors : warnings;
      list.push({ message: error.message, extensions: { category: 'user' }, ...place });
    } else if (originalError instanceof UserError) {
      errors.push({ message: error.message, extensions: { category: 'user' }, ...place });
    } else if (originalError instanceof UserErrors) {
      for (const message of originalError.messages)
        errors.push({ message, extensions: { category: 'user' }, ...place });
    } else if (path === undefined) {
      errors.push(requestError(error));
    } else {
      report(originalError ?? error);
      errors.push({ message: 'Internal server Error', extensions: { category: 'internal' }, ...place });
    }
  }
  return {
    ...(errors.length > 0 ? { errors } : {}),
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(warnings.length > 0 ? { extensions: { warnings } } : {}),
  };
}
