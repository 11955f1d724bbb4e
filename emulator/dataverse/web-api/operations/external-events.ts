import { readGuid } from '../../../kernel/index.ts';
import type { ExternalMessage } from '../../contract.ts';
import { faults } from '../../faults.ts';
import { noContent } from '../answer.ts';
import { parseBody } from '../parse-body.ts';
import { isObject, readBody } from '../read-body.ts';
import { resolveReference } from '../references.ts';
import type { Operation, Operations } from './operation.ts';

/** Decided: who tells of a change needs the privilege to make it. */
const privileges = { OnExternalCreated: 'Create', OnExternalUpdated: 'Write', OnExternalDeleted: 'Delete' } as const;

/** `POST <virtual set>/Microsoft.Dynamics.CRM.OnExternal…` with the row as `Target`. @throws Fault without its type or id */
function external(message: ExternalMessage): Operation {
  return {
    method: 'POST',
    boundTo: 'set',
    async run(context, { bound }) {
      const { table } = bound!;
      const { entitySetName, logicalName, primaryId } = table;
      context.parts.privileges.require(context.caller, privileges[message], table);
      const target = parseBody(context, message)['Target'];
      if (!isObject(target)) throw faults.payload(entitySetName, "'Target' is not a row.");
      const type = String(target['@odata.type'] ?? '').replace(/^#/, '');
      if (type !== `Microsoft.Dynamics.CRM.${logicalName}`)
        throw faults.payload(
          entitySetName,
          `'Target' carries "@odata.type": "Microsoft.Dynamics.CRM.${logicalName}", not '${type}'.`,
        );
      const id = readGuid(String(target[primaryId] ?? ''));
      if (id === undefined) throw faults.payload(entitySetName, `'Target' does not name its '${primaryId}'.`);
      // What an external system tells may be read-only to everybody else.
      const open = { ...table, columns: new Map([...table.columns].map(([name, one]) => [name, writable(one)])) };
      const { row } = await readBody(open, target, true, (url) => resolveReference(context, url));
      await context.parts.raiseExternal({ message, table: logicalName, id, columns: row, caller: context.caller });
      return noContent;
    },
  };
}

const writable = <Column>(column: Column): Column => ({ ...column, validForCreate: true });

/** Messages by which another system tells of rows it owns. */
export const externalEvents: Operations = {
  OnExternalCreated: external('OnExternalCreated'),
  OnExternalUpdated: external('OnExternalUpdated'),
  OnExternalDeleted: external('OnExternalDeleted'),
};
