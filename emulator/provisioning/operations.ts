import type { NewId } from '../kernel/index.ts';
import type { Caller, OrganizationService } from '../dataverse/index.ts';
import type { Condition, Row } from '../query/index.ts';

export const historyTable = 'msprov_operationhistory';
/** Decided: status reasons. */
export const statuses = { running: 202570000, succeeded: 202570001 } as const;

/** An operation on finance and operations, as its history has it. */
export interface Operation {
  readonly id: string;
  readonly name: string;
  readonly startedOn: string;
  readonly status: number;
  /** `ApplicationVersion=10.0.45.4|…`; empty for one that is told no more. */
  readonly payload: string;
}

export const updateName = 'FnOInstallOrUpdate';

/** The history of operations, kept in Dataverse. */
export function createOperations(organization: OrganizationService, newId: NewId) {
  const columns = ['msprov_operationhistoryid', 'msprov_name', 'msprov_startedon', 'statuscode'];
  return {
    /** The earliest first. */
    async all(filter?: Condition): Promise<Operation[]> {
      const rows = await organization.retrieveMultiple({
        ...{ table: historyTable, columns: [...columns, 'msprov_operationproperties'], joins: [] },
        ...{ order: [{ column: 'msprov_startedon', descending: false }], filter },
      });
      return rows.map(read);
    },
    start(name: string, description: string, startedOn: Date, payload: string, caller?: Caller): Promise<string> {
      const row: Row = {
        msprov_name: name,
        msprov_description: description,
        msprov_correlationid: newId(),
        msprov_startedon: startedOn.toISOString(),
        msprov_operationproperties: JSON.stringify({ UserId: caller?.userId ?? '', Payload: payload }),
        statuscode: statuses.running,
      };
      return organization.create(historyTable, row, caller);
    },
    end: (id: string) => organization.update(historyTable, id, { statuscode: statuses.succeeded }),
  };
}

const read = (row: Row): Operation => ({
  id: String(row['msprov_operationhistoryid']),
  name: String(row['msprov_name']),
  startedOn: String(row['msprov_startedon']),
  status: Number(row['statuscode']),
  payload: (JSON.parse(String(row['msprov_operationproperties'] ?? '{}')) as { Payload?: string }).Payload ?? '',
});
