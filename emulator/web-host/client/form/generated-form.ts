import type { Table } from '../web-api/metadata';
import type { FormCell, FormDefinition } from './form-xml';
import { formWords } from '../language/words/form';

const shown =
  /^(String|Memo|Integer|BigInt|Decimal|Double|Money|Boolean|Picklist|State|Status|DateTime|Lookup|Customer|Owner)$/;

/** A form for a table that has none: its columns in two columns, the primary name first. */
export function generateForm(table: Table): FormDefinition {
  const columns = [...table.columns.values()]
    .filter(({ type, label, name, isPrimaryId }) => shown.test(type) && !isPrimaryId && label !== name)
    .sort((a, b) => Number(b.isPrimaryName) - Number(a.isPrimaryName) || a.label.localeCompare(b.label));
  const cells = columns.map(({ name, label }): FormCell => ({
    id: name,
    label,
    showLabel: true,
    isVisible: true,
    span: 1,
    rowSpan: 1,
    controlId: name,
    classId: '',
    isSubgrid: false,
    column: name,
    isDisabled: false,
    uniqueId: undefined,
    parameters: new Map(),
  }));
  const section = {
    id: 'general',
    isVisible: true,
    name: 'general',
    label: formWords('general'),
    showLabel: true,
    columns: 2,
    cells,
  };
  return {
    tabs: [
      {
        id: 'general',
        isVisible: true,
        name: 'general',
        label: formWords('general'),
        columns: [{ width: '100%', sections: [section] }],
      },
    ],
    header: [],
    libraries: [],
    handlers: [],
    descriptions: new Map(),
  };
}
