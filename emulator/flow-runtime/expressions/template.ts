import { evaluate, type Scope } from './evaluate.ts';
import { ExpressionError } from './expression-error.ts';
import { asText } from './as-text.ts';
import { parseExpression, type Expression } from './parse.ts';
import { isArray, isObject, type Value } from './value.ts';

/** A JSON string of a definition, taken apart: text as it is, an expression, or text with expressions in it. */
export type Template =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'interpolation'; readonly parts: readonly (string | Expression)[] };

const parsed = new Map<string, Template>();

/** Reads a string of a definition: `@f(x)`, `text @{f(x)} text`, `@@` for a literal `@`. */
export function parseTemplate(text: string): Template {
  let template = parsed.get(text);
  if (template === undefined) {
    template = readTemplate(text);
    if (parsed.size > 5000) parsed.clear();
    parsed.set(text, template);
  }
  return template;
}

function readTemplate(text: string): Template {
  if (text.startsWith('@@')) return { kind: 'text', text: text.slice(1) };
  if (text.startsWith('@') && !text.startsWith('@{'))
    return { kind: 'expression', expression: parseExpression(text.slice(1)) };
  if (!text.includes('@{')) return { kind: 'text', text };
  const parts = readParts(text);
  if (parts.every((part) => typeof part === 'string')) return { kind: 'text', text: parts.join('') };
  return { kind: 'interpolation', parts };
}

function readParts(text: string): (string | Expression)[] {
  const parts: (string | Expression)[] = [];
  let literal = '';
  for (let at = 0; at < text.length;) {
    if (text.startsWith('@@{', at)) {
      literal += '@{';
      at += 3;
    } else if (text.startsWith('@{', at)) {
      const end = endOfExpression(text, at + 2);
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(parseExpression(text.slice(at + 2, end)));
      at = end + 1;
    } else literal += text[at++];
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** The first `}` outside single quotes; braces are not counted. */
function endOfExpression(text: string, from: number): number {
  let inString = false;
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") inString = !inString;
    else if (text[at] === '}' && !inString) return at;
  }
  throw new ExpressionError(
    `The template '${text}' has no end for the expression that begins at position ${from - 2}.`,
  );
}

/** Evaluates every string, and every property name, of a JSON value of the definition. */
export function resolve(value: Value, scope: Scope): Value {
  if (typeof value === 'string') return resolveText(value, scope);
  if (isArray(value)) return value.map((part) => resolve(part, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [asText(resolveText(name, scope)), resolve(part, scope)]),
  );
}

function resolveText(text: string, scope: Scope): Value {
  if (!text.includes('@')) return text;
  const template = parseTemplate(text);
  if (template.kind === 'text') return template.text;
  if (template.kind === 'expression') return evaluate(template.expression, scope);
  return template.parts.map((part) => (typeof part === 'string' ? part : asText(evaluate(part, scope)))).join('');
}
