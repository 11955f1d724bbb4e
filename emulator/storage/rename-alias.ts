import type { ColumnPath, Condition, Join, Term } from '../query/index.ts';

/** The condition with the paths of one alias moved to another. */
export function renamed(condition: Condition, from: string, to: string): Condition {
  const path = (one: ColumnPath): ColumnPath => (one.alias === from ? { ...one, alias: to } : one);
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map((part) => renamed(part, from, to)) };
    case 'not':
      return { ...condition, of: renamed(condition.of, from, to) };
    case 'compareColumns':
      return { ...condition, left: path(condition.left), right: path(condition.right) };
    case 'compareTerms':
      return { ...condition, left: renamedTerm(condition.left, path), right: renamedTerm(condition.right, path) };
    case 'exists': {
      const { join, joins, filter } = condition;
      return {
        ...condition,
        join: renamedJoin(join, from, to),
        joins: joins?.map((one) => renamedJoin(one, from, to)),
        filter: filter && renamed(filter, from, to),
      };
    }
    default:
      return { ...condition, left: path(condition.left) };
  }
}

function renamedTerm(term: Term, path: (one: ColumnPath) => ColumnPath): Term {
  if (term.kind === 'column') return { ...term, path: path(term.path) };
  if (term.kind === 'value') return term;
  return { ...term, left: renamedTerm(term.left, path), right: renamedTerm(term.right, path) };
}

export function renamedJoin<T extends Omit<Join, 'kind' | 'columns'>>(join: T, from: string, to: string): T {
  const parent = join.parent === from ? to : join.parent;
  return { ...join, parent, filter: join.filter && renamed(join.filter, from, to) };
}
