import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Members that Angular's compiler adds, and those that are nobody else's business. */
const isInternal = (/** @type {ts.Node} */ member) =>
  (ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) ||
  (ts.isClassElement(member) && /^[ɵ#]/.test(member.name?.getText() ?? ''));

/**
 * What an entry point exports, as readable declarations sorted by name: without comments, private members, or
 * what Angular's compiler adds. Types that the exports mention without exporting them come last.
 *
 * @param {string} file Absolute path of the entry point's bundled `.d.ts`.
 * @returns {string} TypeScript
 */
export function describePublicApi(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const declarations = declarationsIn(source);
  const exported = exportsOf(source);
  const mentioned = reachable([...exported.values()], declarations);
  const hidden = [...mentioned].filter((name) => ![...exported.values()].includes(name)).sort();

  const visible = [...exported].sort(([one], [other]) => (one < other ? -1 : 1));
  const shown = visible.map(([name, local]) => printAll(declarations.get(local) ?? [], source, name, local));
  const unexported = hidden.map((name) => printAll(declarations.get(name) ?? [], source, name, name));
  return [
    ...shown,
    ...(unexported.length > 0 ? ['// Mentioned above, not exported.', ...unexported] : []),
    '',
  ].join('\n\n');
}

/**
 * Top-level declarations by name; overloads and merged declarations share one.
 *
 * @param {ts.SourceFile} source
 */
function declarationsIn(source) {
  /** @type {Map<string, ts.Statement[]>} */
  const byName = new Map();
  for (const statement of source.statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : ts.isDeclarationStatement(statement) && statement.name
        ? [statement.name.getText()]
        : [];
    for (const name of names) byName.set(name, [...(byName.get(name) ?? []), statement]);
  }
  return byName;
}

/**
 * Local names by the names under which they are exported.
 *
 * @param {ts.SourceFile} source
 */
function exportsOf(source) {
  /** @type {Map<string, string>} */
  const locals = new Map();
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause) continue;
    if (!ts.isNamedExports(statement.exportClause)) continue;
    for (const { name, propertyName } of statement.exportClause.elements) {
      locals.set(name.text, (propertyName ?? name).text);
    }
  }
  return locals;
}

/**
 * The names of all declarations that some declarations mention, directly or not.
 *
 * @param {readonly string[]} names
 * @param {ReadonlyMap<string, readonly ts.Statement[]>} declarations
 */
function reachable(names, declarations) {
  const pending = [...names];
  /** @type {Set<string>} */
  const found = new Set();
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (isInternal(node)) return;
    if (ts.isIdentifier(node) && declarations.has(node.text)) pending.push(node.text);
    ts.forEachChild(node, visit);
  };
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    (declarations.get(name) ?? []).forEach(visit);
  }
  return found;
}

/**
 * @param {readonly ts.Statement[]} statements
 * @param {ts.SourceFile} source
 * @param {string} name
 * @param {string} local
 */
function printAll(statements, source, name, local) {
  const printer = ts.createPrinter({ removeComments: true });
  const printed = statements.map((statement) => {
    const [kept = statement] = ts.transform(statement, [withoutInternals]).transformed;
    return printer.printNode(ts.EmitHint.Unspecified, kept, source);
  });
  return [...(name === local ? [] : [`// Exported as ${name}.`]), ...printed].join('\n');
}

/** @param {ts.TransformationContext} context @returns {ts.Transformer<ts.Statement>} */
function withoutInternals(context) {
  return (statement) =>
    ts.isClassDeclaration(statement)
      ? context.factory.updateClassDeclaration(
          statement,
          statement.modifiers,
          statement.name,
          statement.typeParameters,
          statement.heritageClauses,
          statement.members.filter((member) => !isInternal(member)),
        )
      : statement;
}
