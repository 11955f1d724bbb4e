import { requireProvider } from '../messages/virtual-rows.ts';
import type { TableMetadata } from '../metadata/model.ts';
import type { RequestContext } from '../web-api/request-context.ts';
import { requireCustomizer } from './customize.ts';
import { booleanOf, type Sent } from './definition-values.ts';

/**
 * *Track changes* of a virtual table: its provider switches it, before anything else of the definition is changed.
 *
 * @throws Fault in the words of the system that owns the rows, where it does not let them be tracked
 */
export async function switchTracking(context: RequestContext, table: TableMetadata, sent: Sent): Promise<void> {
  const wanted = booleanOf(sent, 'ChangeTrackingEnabled');
  if (!table.isVirtual || wanted === undefined || wanted === table.changeTrackingEnabled) return;
  requireCustomizer(context, { right: 'Write', what: 'Entity' });
  await requireProvider(table, context.parts.provider()).changes?.track(table, wanted);
}
