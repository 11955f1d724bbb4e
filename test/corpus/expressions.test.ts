import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, type Scope } from '../../emulator/flow-runtime/expressions/evaluate.ts';
import { ExpressionError } from '../../emulator/flow-runtime/expressions/expression-error.ts';
import { writeJson, readJson } from '../../emulator/flow-runtime/expressions/json.ts';
import { parseExpression } from '../../emulator/flow-runtime/expressions/parse.ts';

/**
 * Expressions with what they give, one a line: `expression => JSON`, or `throws`. A line that begins with `# ` names the
 * document and section the lines below it follow: *functions-reference* is Azure Logic Apps' expression functions
 * reference, *workflow-definition-language* the page of that name, *.NET …* the page of .NET's documentation, and
 * *language-services catalogue* the designer's list of functions.
 */
const folder = join(__dirname, 'expressions');
const least = 600;

interface Case {
  readonly source: string;
  readonly expression: string;
  readonly expected: string;
}

function readCases(file: string): Case[] {
  let source = '';
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('# ')) source = line.slice(2);
      if (line === '' || line.startsWith('# ')) return [];
      const at = line.lastIndexOf(' => ');
      return [{ source, expression: line.slice(0, at), expected: line.slice(at + 4) }];
    });
}

const cases = readdirSync(folder).sort().flatMap(readCases);
let ids = 0;
const ofRun = () => {
  throw new ExpressionError('The corpus has no run around it.');
};
const scope: Scope = {
  now: () => new Date('2026-11-23T12:00:00Z'),
  newId: () => `6f9619ff-8b86-4011-b42d-${String(ids++).padStart(12, '0')}`,
  trigger: ofRun,
  action: ofRun,
  current: ofRun,
  result: ofRun,
  variable: ofRun,
  parameter: ofRun,
  item: ofRun,
  iterationIndex: ofRun,
  workflow: ofRun,
  callbackUrl: ofRun,
};

test.each(cases)('$source: $expression gives $expected', ({ expression, expected }) => {
  const run = () => evaluate(parseExpression(expression), scope);
  if (expected === 'throws') expect(run).toThrow(ExpressionError);
  else expect(writeJson(run())).toBe(writeJson(readJson(expected)));
});

test(`the corpus holds at least ${least} expressions, each with its source, none twice`, () => {
  console.log(`${cases.length} expression cases of the corpus`);
  expect(cases.filter(({ source }) => source === '')).toEqual([]);
  expect(new Set(cases.map(({ expression }) => expression)).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThanOrEqual(least);
});
