/**
 * The types of the package: of each entry what can be reached from it, and nothing that leads to a package that users do not
 * have. Members that only subclasses of ours see are left out; what is then named by nobody goes by itself.
 */
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';

import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import ts from 'typescript';

const SINGLE = 'dist/declarations';
const TYPES = 'dist/types';

/** A class as others see it. */
const withoutInsides = ({ factory }) => {
  const isInside = (member) =>
    ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Protected | ts.ModifierFlags.Private) ||
    ts.getJSDocTags(member).some(({ tagName }) => tagName.text === 'internal') ||
    // How Lit is told of an element.
    (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static &&
      /^(properties|styles)$/.test(member.name?.getText()));
  const visit = (node) =>
    ts.isClassDeclaration(node)
      ? factory.updateClassDeclaration(
          node,
          node.modifiers,
          node.name,
          node.typeParameters,
          node.heritageClauses,
          node.members.filter((member) => !isInside(member)),
        )
      : node;
  return (file) => ts.visitEachChild(file, visit, undefined);
};

/** The declarations of each source. */
function emit() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const program = ts.createProgram(fileNames, { ...options, outDir: SINGLE });
  const { diagnostics } = program.emit(undefined, undefined, undefined, true, { afterDeclarations: [withoutInsides] });
  if (diagnostics.length) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost(options)));
}

/** The declarations of each entry. */
async function bundle() {
  const elements = readdirSync('src/elements').filter(
    (name) => name !== 'base' && existsSync(`src/elements/${name}/define.ts`),
  );
  const input = {
    index: `${SINGLE}/index.d.ts`,
    client: `${SINGLE}/client.d.ts`,
    sync: `${SINGLE}/sync/api.d.ts`,
    ...Object.fromEntries(elements.map((name) => [`elements/${name}`, `${SINGLE}/elements/${name}/define.d.ts`])),
  };
  const bundled = await rollup({
    input,
    external: (id) => /^[^./\0]|\/generated\//.test(id),
    plugins: [dts()],
    onLog(level, log, handle) {
      // What only the insides of a class have named.
      if (log.code !== 'UNUSED_EXTERNAL_IMPORT') handle(level, log);
    },
  });
  await bundled.write({
    dir: TYPES,
    entryFileNames: '[name].d.ts',
    chunkFileNames: ({ name }) => `shared/${name.replace(/\.d$/, '')}.d.ts`,
    hoistTransitiveImports: false,
  });
  await bundled.close();
}

emit();
await bundle();
rmSync(SINGLE, { recursive: true });
// What is written by hand: what the scripts leave on a page, and how each framework is told of the tags.
cpSync('tools/types', TYPES, { recursive: true });
