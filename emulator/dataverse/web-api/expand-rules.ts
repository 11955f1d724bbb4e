import { parseExpand, type ExpandItem } from '../../odata/index.ts';
import { faults } from '../faults.ts';
import type { Navigation } from './navigation.ts';

const mostExpands = 15;
const known = new Set(['$select', '$filter', '$orderby', '$top', '$expand']);

/** Refuses what the platform refuses in `$expand`. @throws Fault 0x80060888 */
export function requireExpandable(
  items: readonly { readonly item: ExpandItem; readonly navigation: Navigation }[],
  level: number,
): void {
  if (level === 1 && items.reduce((sum, { item }) => sum + countItems(item), 0) > mostExpands)
    throw faults.queryNotSupported(`The number of $expand items of a query exceeds the limit of ${mostExpands}.`);
  for (const { item, navigation } of items) requireItem(item, navigation, level);
  const pairs = items.filter(({ navigation }) => navigation.kind === 'pairs');
  if (
    pairs.length > 0 &&
    (level > 1 || pairs.length < items.length || pairs.some(({ item }) => item.options.has('$expand')))
  )
    throw faults.queryNotSupported(
      '$expand of a many-to-many relationship cannot be nested or mixed with other expands.',
    );
}

const countItems = (item: ExpandItem): number =>
  1 + innerItems(item).reduce((sum, inner) => sum + countItems(inner), 0);

const innerItems = ({ options }: ExpandItem) => (options.has('$expand') ? parseExpand(options.get('$expand')!) : []);

function requireItem(item: ExpandItem, navigation: Navigation, level: number): void {
  const { options, isReference } = item;
  const unknown = [...options.keys()].find((name) => !known.has(name));
  if (unknown !== undefined)
    throw faults.queryNotSupported(`The query option '${unknown}' is not supported inside $expand.`);
  if (isReference && navigation.kind !== 'parent')
    throw faults.queryNotSupported('Expand with $ref is only supported on lookup type navigation property.');
  const isNarrow = navigation.kind === 'parent' || level > 1 || options.has('$expand');
  if (isNarrow && (options.has('$top') || options.has('$orderby')))
    throw faults.queryNotSupported(
      'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    );
  const top = options.get('$top');
  if (top !== undefined && !/^\d{1,9}$/.test(top))
    throw faults.queryNotSupported(`Invalid value '${top}' for $top query option found.`);
}
