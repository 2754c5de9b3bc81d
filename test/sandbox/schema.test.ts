import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';

import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isRequiredInputField,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

const endpoints = ['public', 'preview', 'internal'] as const;
const shared = new URL('../../../shared/platform/', import.meta.url);

function readSchema(url: URL): GraphQLSchema {
  return buildSchema(readFileSync(url, 'utf8'));
}

function ownSchema(endpoint: string): GraphQLSchema {
  return readSchema(new URL(`../../sandbox/platform/schema/${endpoint}.graphql`, import.meta.url));
}

type Input = GraphQLArgument | GraphQLInputField;

function differencesOfInput(place: string, ours: Input, theirs: Input | undefined): string[] {
  if (!theirs) return [`${place} does not exist`];
  const differences: string[] = [];
  if (String(ours.type) !== String(theirs.type))
    differences.push(`${place}: ${String(ours.type)}, not ${String(theirs.type)}`);
  if (!isDeepStrictEqual(ours.defaultValue, theirs.defaultValue)) differences.push(`${place} has another default`);
  return differences;
}

/** What one of our types says that the platform's does not. Leaving something out is allowed. */
function differencesOfType(ours: GraphQLNamedType, theirs: GraphQLNamedType | undefined): string[] {
  const { name } = ours;
  if (!theirs || ours.constructor !== theirs.constructor) return [`${name} is not such a type`];
  if (isEnumType(ours) && isEnumType(theirs)) {
    return ours
      .getValues()
      .flatMap((value) => (theirs.getValue(value.name) ? [] : [`${name}.${value.name} does not exist`]));
  }
  if (isInputObjectType(ours) && isInputObjectType(theirs)) {
    const fields = theirs.getFields();
    const missing = Object.values(fields).filter(
      (field) => isRequiredInputField(field) && !ours.getFields()[field.name],
    );
    return [
      ...missing.map((field) => `${name}.${field.name} is required`),
      ...Object.values(ours.getFields()).flatMap((field) =>
        differencesOfInput(`${name}.${field.name}`, field, fields[field.name]),
      ),
    ];
  }
  if (isUnionType(ours)) return [`${name} is a union, which the platform does not use here`];
  if (!(isObjectType(ours) || isInterfaceType(ours)) || !(isObjectType(theirs) || isInterfaceType(theirs))) return [];
  const interfaces = new Set(theirs.getInterfaces().map((type) => type.name));
  return [
    ...ours.getInterfaces().flatMap((type) => (interfaces.has(type.name) ? [] : [`${name} is no ${type.name}`])),
    ...Object.values(ours.getFields()).flatMap((field) => {
      const place = `${name}.${field.name}`;
      const other = theirs.getFields()[field.name];
      if (!other) return [`${place} does not exist`];
      return [
        ...(String(field.type) === String(other.type)
          ? []
          : [`${place}: ${String(field.type)}, not ${String(other.type)}`]),
        ...(Boolean(field.deprecationReason) === Boolean(other.deprecationReason)
          ? []
          : [`${place} is deprecated in one only`]),
        ...field.args.flatMap((arg) =>
          differencesOfInput(
            `${place}(${arg.name})`,
            arg,
            other.args.find((candidate) => candidate.name === arg.name),
          ),
        ),
      ];
    }),
  ];
}

function differences(ours: GraphQLSchema, theirs: GraphQLSchema): string[] {
  return Object.values(ours.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => differencesOfType(type, theirs.getType(type.name)));
}

for (const endpoint of endpoints) {
  const reference = new URL(`schema.${endpoint}.graphql`, shared);
  const skip = existsSync(reference) ? false : 'the description of the platform is not beside the project';

  test(`the ${endpoint} schema says nothing that the platform’s does not`, { skip }, () => {
    assert.deepEqual(differences(ownSchema(endpoint), readSchema(reference)), []);
  });
}

test('a difference of any kind is found', () => {
  const theirs = buildSchema(`
    interface Node { id: ID! }
    enum Color { RED }
    input Order { field: Color!, direction: String! = "ASC" }
    type Query implements Node { id: ID!, list(first: Int = 100, order: Order): [String]! }
  `);
  const ours = buildSchema(`
    interface Node { id: ID! }
    enum Color { RED, BLUE }
    input Order { direction: String! = "DESC" }
    type Extra { id: ID! }
    type Query { id: ID, list(first: Int = 20, last: Int): [String]!, extra: Extra }
  `);
  assert.deepEqual(differences(ours, theirs).sort(), [
    'Color.BLUE does not exist',
    'Extra is not such a type',
    'Order.direction has another default',
    'Order.field is required',
    'Query.extra does not exist',
    'Query.id: ID, not ID!',
    'Query.list(first) has another default',
    'Query.list(last) does not exist',
  ]);
});
