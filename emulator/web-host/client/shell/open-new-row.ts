import type { LookupValue, Value } from '../form/form-model';
import { openQuickCreate, readQuickCreateForm } from '../form/quick-create/quick-create';
import { go } from './navigation';
import { currentApp } from './open-row';
import { writeValues } from './given-values';

/** What a new row begins with, by column. */
export type GivenValues = ReadonlyMap<string, Value>;

/**
 * Opens the form of a new row: the quick create form beside the page where there is one and it is wanted, else the main form.
 *
 * @returns the row that was made; undefined when there is none, or its form is another page
 */
export async function openNewRow(
  table: string,
  values: GivenValues,
  { isQuick, form }: { readonly isQuick: boolean; readonly form?: string | undefined },
): Promise<LookupValue | undefined> {
  const quick = isQuick ? await readQuickCreateForm(table) : undefined;
  if (quick !== undefined) return openQuickCreate({ table, form: quick, values });
  await go({ kind: 'record', app: currentApp(), table, form, values: writeValues(values) });
  return undefined;
}
