import type { DocumentDecoration, initGraphQLTada } from 'gql.tada';

import type { introspection as InternalSchema } from './generated/internal.js';
import type { introspection as PreviewSchema } from './generated/preview.js';

interface Scalars {
  DateTime: string;
  HTML: string;
  URI: string;
}

/** A GraphQL document: at run time the text as it is written, for the compiler also the types of its result and variables. */
export type Document<Result, Variables = never> = DocumentDecoration<Result, Variables>;

type Preview = ReturnType<
  typeof initGraphQLTada<{ introspection: PreviewSchema; scalars: Scalars; disableMasking: true }>
>;
type Internal = ReturnType<
  typeof initGraphQLTada<{ introspection: InternalSchema; scalars: Scalars; disableMasking: true }>
>;

// The library that derives the types describes parsed documents; ours stay text, and no parser is shipped.
const asWritten = (document: string, spread: readonly unknown[] = []): unknown => [document, ...spread].join(' ');

/** A document for the public endpoint's preview schema. */
export const preview = asWritten as Preview;
/** A document for the internal endpoint. */
export const internal = asWritten as Internal;
