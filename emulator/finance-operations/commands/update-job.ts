import type { EntityField, EntityRow } from '../contract.ts';
import { customerTable, ownFields } from '../entities/customer-table.ts';
import { customersV3 } from '../entities/customers-v3.ts';
import { enums } from '../enums.ts';
import { faults } from '../faults.ts';
import type { EntityStore } from '../entity-store.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { company, type Command } from './command.ts';

interface Write {
  readonly key: EntityRow;
  readonly values: EntityRow;
  readonly store: EntityStore;
  readonly work: UnitOfWork;
}

/** `update()`: the rules of customers hold, and whoever listens hears of it. */
function update({ key, values, store, work }: Write): void {
  customersV3.writer.update!(store.read(customersV3.shape, key)!, values, store, work);
}

/** `doUpdate()` and set-based operations: the table alone is written. */
const writeTable = ({ key, values, store }: Write): void => store.update(customerTable, key, values);

/**
 * How X++ may write a row. All but `update` are invisible to dual-write and to data events.
 *
 * @see https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/dual-write/custom-best-practices
 */
const ways: Readonly<Record<string, (write: Write) => void>> = {
  update,
  // Its rules hold; that the row has changed is told to nobody.
  skipBusinessEvents: (write) => update({ ...write, work: { ...write.work, touch: () => undefined } }),
  doUpdate: writeTable,
  update_recordset: writeTable,
};

const written = ownFields.filter(({ name }) => !['dataAreaId', 'CustomerAccount', 'PartyNumber'].includes(name));

/** A job of X++ that writes a field of customers. */
export const updateJobCommand: Command = {
  name: 'run-update-job',
  label: 'Write customers by a job of X++',
  parameters: [
    company,
    { name: 'customerAccount', label: 'Customer account (none: all)', kind: 'text' },
    { name: 'field', label: 'Field', kind: 'choice', choices: written.map(({ name }) => name), isRequired: true },
    { name: 'value', label: 'Value', kind: 'text', isRequired: true },
    { name: 'by', label: 'Written by', kind: 'choice', choices: Object.keys(ways), isRequired: true },
  ],
  run({ values, store, work }) {
    const field = written.find(({ name }) => name === values.text('field'))!;
    const row = { [field.name]: readValue(field, values.text('value')) };
    const account = values.optional('customerAccount');
    const of = { dataAreaId: values.text('company'), ...(account === undefined ? {} : { CustomerAccount: account }) };
    const found = store.find(customerTable, of);
    for (const { dataAreaId, CustomerAccount } of found)
      ways[values.text('by')]!({
        key: { dataAreaId: dataAreaId!, CustomerAccount: CustomerAccount! },
        values: row,
        store,
        work,
      });
    return { updated: found.length };
  },
};

function readValue({ name, type, enumType = '' }: EntityField, text: string): string | number {
  if (type === 'enum' && enums[enumType]?.includes(text) === false)
    throw faults.badCommand(`The value of '${name}' is one of ${enums[enumType].join(', ')}, not '${text}'.`);
  if (type !== 'real' && type !== 'int' && type !== 'int64') return text;
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw faults.badCommand(`The value of '${name}' is a number, not '${text}'.`);
  return Number(text);
}
