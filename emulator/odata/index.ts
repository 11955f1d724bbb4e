export { parseApply, type Apply, type ApplyFigure } from './apply.ts';
export {
  bindFilter,
  type Collection,
  type LambdaScope,
  type NameResolver,
  type ResolvedColumn,
} from './bind-filter.ts';
export { literalText, parseFilter, printFilter, type FilterNode, type Literal } from './filter.ts';
export {
  parseExpand,
  parseKey,
  parseOrderBy,
  parseQueryOptions,
  parseSelect,
  type ExpandItem,
  type KeyText,
  type OrderByItem,
  type QueryOptions,
} from './options.ts';
export { normalizeDate, readLiteral } from './values.ts';
export { ODataSyntaxError } from './syntax-error.ts';
