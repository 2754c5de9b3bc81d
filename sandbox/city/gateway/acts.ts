import { Kind, OperationTypeNode, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Tokens of the longest document. Ours have some hundreds. */
const LONGEST = 10_000;

/**
 * How many acts a GraphQL document may carry out: each field of each of its mutations is one, under whatever alias and in
 * whatever fragment. `operationName` is not looked at, since it only chooses among them.
 *
 * @throws Where it is no document that can be executed.
 */
export function actsIn(document: string): number {
  const { definitions } = parse(document, { maxTokens: LONGEST, noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const mutations: SelectionSetNode[] = [];
  let operations = 0;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind !== Kind.OPERATION_DEFINITION)
      throw new TypeError('A document asks, it defines no types.');
    else if (definition.operation === OperationTypeNode.SUBSCRIPTION) throw new TypeError('Nothing is pushed.');
    else {
      operations += 1;
      if (definition.operation === OperationTypeNode.MUTATION) mutations.push(definition.selectionSet);
    }
  }
  if (operations === 0) throw new TypeError('A document has an operation.');
  return mutations.reduce((sum, selections) => sum + fieldsOf(selections, fragments).size, 0);
}

/** The names of the fields in the answer: what is written twice under one name is done once. */
function fieldsOf(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  names = new Set<string>(),
  spread = new Set<string>(),
): Set<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) names.add((selection.alias ?? selection.name).value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) fieldsOf(selection.selectionSet, fragments, names, spread);
    else {
      const { value: name } = selection.name;
      const fragment = fragments.get(name);
      if (!fragment || spread.has(name)) continue;
      spread.add(name);
      fieldsOf(fragment.selectionSet, fragments, names, spread);
    }
  }
  return names;
}
