import { ODataSyntaxError } from './syntax-error.ts';

/** A figure of `aggregate(…)`. */
export interface ApplyFigure {
  /** Undefined for `$count`. */
  readonly path: readonly string[] | undefined;
  /** As written: `sum`, `average`, `min`, `max`, `countdistinct`; `count` for `$count`. */
  readonly method: string;
  readonly as: string;
}

/** One `$apply`: what is filtered first, what is grouped by, what is asked of each group. */
export interface Apply {
  readonly filter: string | undefined;
  readonly groupBy: readonly (readonly string[])[];
  readonly figures: readonly ApplyFigure[];
}

/**
 * Reads `filter(…)/groupby((a,b/c),aggregate(…))` and its parts.
 *
 * @throws ODataSyntaxError for anything else
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/aggregate-data
 */
export function parseApply(text: string): Apply {
  const steps = split(text, '/').map((step) => call(step.trim()));
  const filter = steps[0]?.name === 'filter' ? steps.shift()!.inside : undefined;
  const [step, ...rest] = steps;
  if (step === undefined || rest.length > 0 || !['groupby', 'aggregate'].includes(step.name))
    throw unreadable(`The $apply expression '${text}' is not supported: filter, then groupby or aggregate.`);
  if (step.name === 'aggregate') return { filter, groupBy: [], figures: readFigures(step.inside) };
  const [keys = '', aggregate, ...more] = split(step.inside, ',').map((part) => part.trim());
  const list = /^\((.*)\)$/s.exec(keys)?.[1];
  if (list === undefined || more.length > 0)
    throw unreadable(`groupby expects a list in brackets, then aggregate at most: '${step.inside}'.`);
  const groupBy = list
    .split(',')
    .map((path) => path.trim().split('/'))
    .filter(([name]) => name !== '');
  const inner = aggregate === undefined ? undefined : call(aggregate);
  if (inner !== undefined && inner.name !== 'aggregate')
    throw unreadable(`groupby takes aggregate as its second part, not '${inner.name}'.`);
  return { filter, groupBy, figures: inner === undefined ? [] : readFigures(inner.inside) };
}

function readFigures(text: string): ApplyFigure[] {
  return split(text, ',').map((part) => {
    const counted = /^\s*\$count\s+as\s+(\w+)\s*$/.exec(part);
    if (counted !== null) return { path: undefined, method: 'count', as: counted[1]! };
    const [, path, method, as] = /^\s*([\w/]+)\s+with\s+([\w.]+)\s+as\s+(\w+)\s*$/.exec(part) ?? [];
    if (path === undefined) throw unreadable(`The aggregate expression '${part.trim()}' cannot be read.`);
    return { path: path.split('/'), method: method!, as: as! };
  });
}

function call(text: string): { name: string; inside: string } {
  const [, name, inside] = /^(\w+)\((.*)\)$/s.exec(text) ?? [];
  if (name === undefined) throw unreadable(`The $apply transformation '${text}' cannot be read.`);
  return { name, inside: inside! };
}

/** Splits where no bracket and no text is open. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  let isText = false;
  for (const character of text) {
    if (character === "'") isText = !isText;
    else if (!isText && character === '(') depth += 1;
    else if (!isText && character === ')') depth -= 1;
    if (!isText && depth === 0 && character === separator) parts.push('');
    else parts[parts.length - 1] += character;
  }
  if (depth !== 0 || isText) throw unreadable(`The $apply expression '${text}' is not closed.`);
  return parts;
}

const unreadable = (message: string) => new ODataSyntaxError(message, 0);
