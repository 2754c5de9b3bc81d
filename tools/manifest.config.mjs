/** Custom elements manifest, for Storybook, editors and other tools: the public interface of the elements, and only that. */

/** Names of the properties that are internal state: decorated with `@state()`, or declared with `state: true`. */
function internalNames(ts, node) {
  const names = new Set();
  for (const member of node.members) {
    const decorators = (ts.canHaveDecorators(member) && ts.getDecorators(member)) || [];
    if (decorators.some(({ expression }) => expression.expression?.getText() === 'state'))
      names.add(member.name.getText());
    if (member.name?.getText() === 'properties' && member.initializer?.properties) {
      for (const { name, initializer } of member.initializer.properties) {
        const isState = ({ name: option, initializer: value }) =>
          option.getText() === 'state' && value.kind === ts.SyntaxKind.TrueKeyword;
        if (initializer?.properties?.some(isState)) names.add(name.getText());
      }
    }
  }
  return names;
}

const publicOnly = () => ({
  name: 'public-only',
  analyzePhase({ ts, node, moduleDoc }) {
    if (!ts.isClassDeclaration(node) || !node.name) return;
    const declaration = moduleDoc.declarations.find(({ name }) => name === node.name.getText());
    if (!declaration) return;
    const internal = internalNames(ts, node);
    declaration.attributes = declaration.attributes?.filter(({ fieldName }) => !internal.has(fieldName));
    declaration.members = declaration.members?.filter(({ name }) => !internal.has(name));
  },
  packageLinkPhase({ customElementsManifest }) {
    const declarations = customElementsManifest.modules.flatMap((module) => module.declarations ?? []);
    for (const declaration of declarations) {
      const isPublic = ({ name, privacy }) => !/^[#_]/.test(name) && (privacy ?? 'public') === 'public';
      declaration.members = declaration.members?.filter(isPublic);
    }
  },
});

export default {
  globs: ['src/elements/**/*.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publicOnly()],
};
