import { notEmulated } from '../../../kernel/index.ts';
import type { Caller } from '../../contract.ts';
import { faults } from '../../faults.ts';
import type { RequestContext } from '../request-context.ts';
import { requireId } from '../row-requests.ts';
import type { OperationCall } from './operation.ts';

/** The user a bound function is about. */
export function boundUser({ parts }: RequestContext, { bound }: OperationCall, name: string): Caller {
  const { table, key } = bound!;
  if (table.logicalName !== 'systemuser') throw notEmulated(`${name} of a '${table.logicalName}'`, 'Ask for a user.');
  const id = requireId(table, key!);
  const user = parts.callers.byId(id);
  if (user === undefined) throw faults.rowNotFound(table.schemaName, id);
  return user;
}
