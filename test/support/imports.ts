import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Sources by their path, which is relative to one folder. */
export type Sources = Readonly<Record<string, string>>;

/** The TypeScript files of a folder beside `test/`. */
export function sourcesOf(folder: string): Sources {
  const root = path.join(import.meta.dirname, '../..', folder);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
}

export const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);

/** What a node imports, if it does. */
export function importAt(node: ts.Node): Import | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    const typeOnly = ts.isImportDeclaration(node)
      ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : node.isTypeOnly;
    if (ts.isStringLiteral(node.moduleSpecifier)) return { specifier: node.moduleSpecifier.text, typeOnly };
  } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    // A path that is put together at run time cannot be checked, here or by a bundler.
    return {
      specifier: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : '(unknown)',
      typeOnly: false,
    };
  } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    if (ts.isStringLiteral(literal)) return { specifier: literal.text, typeOnly: true };
  }
  return undefined;
}

/** The file that one imports by a relative path. */
export const targetOf = (from: string, specifier: string): string =>
  path.posix.join(path.posix.dirname(from), specifier).replace(/\.js$/, '.ts');
