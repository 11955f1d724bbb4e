import * as React from 'react';
import { ProgressIndicator } from '@fluentui/react';
import type { InitialSync, RunCounts } from '../web-api/dual-write';

export const sumOf = (counts: readonly RunCounts[], of: keyof RunCounts): number =>
  counts.reduce((sum, one) => sum + one[of], 0);

/** How far an initial sync has come: what it has passed of the rows finance and operations holds, or how it ended. */
export function SyncProgress({ sync }: { readonly sync: InitialSync }): React.ReactElement {
  const from = Object.values(sync.counts['finance-operations'] ?? {});
  const all = [...from, ...Object.values(sync.counts.dataverse ?? {})];
  const done = (['created', 'updated', 'skipped', 'failed'] as const).reduce((sum, one) => sum + sumOf(from, one), 0);
  const expected = Object.values(sync.plan.expected).reduce((sum, one) => sum + one, 0);
  const written = sumOf(all, 'created') + sumOf(all, 'updated');
  const failed = sumOf(all, 'failed');
  const text = `${written} written${failed === 0 ? '' : `, ${failed} failed`}`;
  if (sync.status !== 'Running') return <>{`${sync.status}: ${text}`}</>;
  return (
    <ProgressIndicator
      className="sync-progress"
      ariaValueText={text}
      label={text}
      percentComplete={expected === 0 ? undefined : Math.min(done / expected, 1)}
    />
  );
}
