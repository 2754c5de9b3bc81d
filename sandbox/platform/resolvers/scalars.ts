import { GraphQLScalarType, Kind } from 'graphql';

import { platformDate, platformInstant } from '../dates.js';

function readDate(value: unknown): string {
  if (typeof value !== 'string' || platformInstant(value) === undefined)
    throw new TypeError('Not a date of the platform');
  return value;
}

/** Dates go out, and come in, as the platform's clock shows them. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: (value) => (typeof value === 'number' ? platformDate(value) : String(value)),
  parseValue: readDate,
  parseLiteral: (node) => readDate(node.kind === Kind.STRING ? node.value : undefined),
});
