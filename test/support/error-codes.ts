import ts from 'typescript';
import { callsOf, nodesOf, textOf, type Source } from './source-calls.ts';

/** An error as the code states it; `name` and `status` where it states them. */
export interface StatedError {
  readonly path: string;
  readonly code: string;
  readonly status: string;
  readonly name: string;
}

/** Every error code a source states: faults, failed actions, bare `{ code }` objects, and numbers such as `0x80040216`. */
export function errorsOf(source: Source): StatedError[] {
  const { path } = source;
  const bare = { path, status: '', name: '' };
  const faults = [
    ...callsOf(source, 'Fault').map(([name, wire]) => ({ name, ...wireOf(wire) })),
    // The catalogue of Dataverse writes its faults in one line.
    ...callsOf(source, 'fault').map(([name, code, status]) => ({ name, code, status })),
  ].flatMap(({ name, code, status }) =>
    literals(code).map((one) => ({ path, code: one, status: status?.getText() ?? '', name: textOf(name) ?? '' })),
  );
  const plain = [...callsOf(source, 'failed').map(([code]) => code), ...statedCodes(source)].flatMap((code) =>
    literals(code).map((one) => ({ ...bare, code: one })),
  );
  return [...faults.filter(({ name }) => name !== ''), ...plain.filter(({ code }) => /^(0x)?\w+$/.test(code))];
}

function wireOf(wire: ts.Expression | undefined) {
  const member = (name: string) =>
    wire !== undefined && ts.isObjectLiteralExpression(wire)
      ? wire.properties.filter(ts.isPropertyAssignment).find((one) => one.name.getText() === name)?.initializer
      : undefined;
  return { code: member('code'), status: member('status') };
}

/** `code: '…'` and `code = '…'` outside a fault, and every number of the platform. */
function statedCodes({ tree }: Source): ts.Node[] {
  return [...nodesOf(tree)].flatMap((node): ts.Node[] => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'code')
      return node.parent.parent !== undefined && isFault(node.parent.parent) ? [] : [node.initializer];
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'code' && node.initializer !== undefined)
      return [node.initializer];
    return ts.isStringLiteral(node) && /^0x8\w{7}$/.test(node.text) && !isInFault(node) ? [node] : [];
  });
}

const isFault = (node: ts.Node) =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && /^(Fault|fault)$/.test(node.expression.getText());

function isInFault(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent) if (isFault(at)) return true;
  return false;
}

/** The texts an expression may be: of a literal, or of both ends of a choice. */
function literals(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return literals(node.right);
  return ts.isStringLiteralLike(node) ? [node.text] : [];
}
