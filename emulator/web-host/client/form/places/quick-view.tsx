import * as React from 'react';
import { formWords } from '../../language/words/form';
import { Failed, Loading } from '../../shell/page-state';
import { useAsync } from '../../shell/use-async';
import { readTable } from '../../web-api/metadata';
import { listAllowed } from '../../web-api/web-api';
import { ReadOnlyField } from '../fields/read-only-field';
import { FormModel, type LookupValue } from '../form-model';
import type { FormSession } from '../form-session';
import { readFormXml, type FormCell, type FormDefinition } from '../form-xml';

interface QuickViewProps {
  readonly session: FormSession;
  readonly cell: FormCell;
}

/** Columns of the row a lookup points at, for reading, in the quick view form the maker chose for its table. */
export function QuickView({ session, cell }: QuickViewProps): React.ReactElement | null {
  const attribute = session.model.attributes.get(cell.column ?? '');
  const [lookup] = (attribute?.value ?? []) as readonly LookupValue[];
  if (lookup === undefined) return null;
  return <Shown key={`${lookup.entityType} ${lookup.id} ${session.model.loads}`} lookup={lookup} cell={cell} />;
}

function Shown({ lookup, cell }: { readonly lookup: LookupValue; readonly cell: FormCell }): React.ReactElement | null {
  const read = useAsync(() => openQuickView(lookup, cell.parameters.get('QuickForms') ?? ''), '');
  if (read.state === 'loading') return <Loading />;
  if (read.state === 'failed') return <Failed error={read.error} />;
  if (read.value === undefined) return null;
  const { model, form } = read.value;
  return (
    <div className="quick-view" role="group" aria-label={cell.label || lookup.name}>
      {cell.showLabel && cell.label !== '' && <h3>{cell.label}</h3>}
      {form.tabs
        .flatMap(({ columns }) => columns)
        .flatMap(({ sections }) => sections)
        .flatMap(({ cells }) => cells)
        .map((one) => (
          <QuickViewCell key={one.id} model={model} cell={one} />
        ))}
    </div>
  );
}

function QuickViewCell({ model, cell }: { readonly model: FormModel; readonly cell: FormCell }): React.ReactElement {
  const attribute = model.attributes.get(cell.column ?? '');
  if (attribute === undefined)
    return <div className="quiet">{formWords('notShown', cell.label || cell.controlId, cell.classId)}</div>;
  return (
    <div className="cell field">
      <div className="label">{cell.label || attribute.column.label}</div>
      <ReadOnlyField attribute={attribute} error="" />
    </div>
  );
}

/** The parameter names one form for each table the lookup may point at. */
async function openQuickView(
  { entityType, id, name }: LookupValue,
  quickForms: string,
): Promise<{ model: FormModel; form: FormDefinition } | undefined> {
  const forms = new DOMParser().parseFromString(quickForms, 'application/xml');
  const asked = [...forms.querySelectorAll('QuickFormId')].find(
    (one) => one.getAttribute('entityname')?.toLowerCase() === entityType,
  );
  const formId = asked?.textContent?.trim().replace(/[{}]/g, '');
  if (!formId) return undefined;
  const [table, [row]] = await Promise.all([
    readTable(entityType),
    listAllowed(`systemforms?$select=formxml&$filter=formid eq ${formId}`),
  ]);
  if (row === undefined) throw new Error(formWords('noQuickView', formId));
  const form = readFormXml(String(row['formxml'] ?? ''));
  const cells = form.tabs.flatMap(({ columns }) =>
    columns.flatMap(({ sections }) => sections.flatMap((one) => one.cells)),
  );
  const columns = new Set([...cells.flatMap(({ column }) => column ?? []), table.primaryName]);
  const model = new FormModel(table, id, columns, { id, entityType, name });
  await model.load();
  return { model, form };
}
