/**
 * Custom elements manifest, for Storybook, editors, frameworks and other tools: the public interface of the elements, and
 * only that, by the names of the files in the package.
 */
const FOLDER = '/src/elements/';

let checker;

/** The sources with the types of all that they name. */
function sources(ts) {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(fileNames, options);
  checker = program.getTypeChecker();
  return program.getSourceFiles().filter(({ fileName }) => fileName.includes(FOLDER));
}

/** A type as its values are written, without the names that only the sources know. */
function written(ts, type) {
  if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean))
    return type.types.map((each) => written(ts, each)).join(' | ');
  if (type.isStringLiteral()) return `'${type.value}'`;
  const [item] = checker.isArrayType(type) ? checker.getTypeArguments(type) : [];
  if (!item) return checker.typeToString(type);
  return `readonly ${item.isUnion() ? `(${written(ts, item)})` : written(ts, item)}[]`;
}

const declarationsOf = ({ modules }) => modules.flatMap(({ declarations = [] }) => declarations);

/** Gives each property its type, and leaves out what is not for others. */
const publicFields = () => {
  /** Names of what is internal, by the class. */
  const internal = new Map();
  return {
    name: 'public-fields',
    analyzePhase({ ts, node, moduleDoc }) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const { attributes = [], members = [] } =
        moduleDoc.declarations?.find(({ name }) => name === node.name.text) ?? {};
      const names = new Set();
      internal.set(node.name.text, names);
      for (const field of node.members.filter(ts.isPropertyDeclaration)) {
        const name = field.name.getText();
        if (ts.getJSDocTags(field).some(({ tagName }) => tagName.text === 'internal')) names.add(name);
        const type = { text: written(ts, checker.getTypeAtLocation(field)) };
        for (const entry of attributes) if (entry.fieldName === name) entry.type = type;
        for (const entry of members) if (entry.name === name) entry.type = type;
      }
    },
    packageLinkPhase({ customElementsManifest: manifest }) {
      for (const declaration of declarationsOf(manifest)) {
        const isPublic = ({ name, privacy = 'public', static: ofTheClass }) =>
          !/^[#_]/.test(name) && privacy === 'public' && !ofTheClass && !internal.get(declaration.name)?.has(name);
        declaration.members = declaration.members?.filter(isPublic);
        // The analyzer lists what is dispatched, too, and finds no name where the event's class has it.
        declaration.events = declaration.events?.filter(({ name }) => name);
      }
    },
  };
};

/** Leaves the elements, what they are made of and their events, each where the package has it, and what defines the tags. */
const inThePackage = () => ({
  name: 'in-the-package',
  packageLinkPhase({ customElementsManifest: manifest }) {
    const fileOf = (source) => source.replace(/^.*\/src\/(.*)\.[jt]s$/, 'dist/npm/$1.js');
    const isOurs = ({ kind, customElement, superclass }) =>
      kind === 'class' && (customElement || ['CapElement', 'CustomEvent'].includes(superclass?.name));
    manifest.modules = manifest.modules.flatMap(({ kind, path: source, declarations = [] }) => {
      const ours = declarations.filter(isOurs);
      for (const declaration of ours)
        for (const from of [
          declaration.superclass,
          ...Object.values(declaration)
            .flat()
            .map((entry) => entry?.inheritedFrom),
        ])
          if (from?.module) from.module = fileOf(from.module);
      if (ours.length === 0) return [];
      const file = fileOf(source);
      const exports = ours.map(({ name }) => ({ kind: 'js', name, declaration: { name, module: file } }));
      const tags = ours.flatMap(({ name, tagName }) =>
        tagName ? [{ kind: 'custom-element-definition', name: tagName, declaration: { name, module: file } }] : [],
      );
      return [
        { kind, path: file, declarations: ours, exports },
        ...(tags.length ? [{ kind, path: file.replace(/[^/]*$/, 'define.js'), declarations: [], exports: tags }] : []),
      ];
    });
    for (const { superclass } of declarationsOf(manifest))
      // The analyzer takes what the browser brings for something of the file that names it.
      if (superclass?.name === 'CustomEvent') delete superclass.module;
  },
});

export default {
  globs: [`.${FOLDER}**/*.ts`],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  overrideModuleCreation: ({ ts }) => sources(ts),
  plugins: [publicFields(), inThePackage()],
};
