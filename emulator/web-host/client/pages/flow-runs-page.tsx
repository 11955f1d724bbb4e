import * as React from 'react';
import {
  CommandBar,
  ConstrainMode,
  DetailsList,
  DetailsListLayoutMode,
  Icon,
  Link,
  SelectionMode,
  type IColumn,
} from '@fluentui/react';
import { linkTo } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { useTitle } from '../shell/use-title';
import { readFlowRuns, type FlowRun } from '../web-api/flow-runs';

/** Runs of the cloud flows of the environment, the newest first. */
export function FlowRunsPage(): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const runs = useAsync(readFlowRuns, String(reads));
  const last = React.useRef<readonly FlowRun[]>();
  if (runs.state === 'done') last.current = runs.value;
  useTitle('Flow runs');
  // Somebody is waiting for what has not ended yet.
  const isRunning = last.current?.some(({ status }) => status === 'Running') ?? false;
  React.useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setTimeout(readAgain, 2000);
    return () => clearTimeout(timer);
  }, [isRunning, reads]);
  if (runs.state === 'failed') return <Failed error={runs.error} />;
  if (last.current === undefined) return <Loading label="Loading…" />;
  return (
    <>
      <div className="card command-bar">
        <CommandBar
          className="commands"
          ariaLabel="Flow run commands"
          items={[{ key: 'refresh', text: 'Refresh', iconProps: { iconName: 'Refresh' }, onClick: readAgain }]}
        />
      </div>
      <div className="card">
        <div className="list-head">
          <h1 className="page-name">Flow runs</h1>
        </div>
        {last.current.length === 0 ? (
          <div className="empty" role="status">
            No flow has run yet
          </div>
        ) : (
          <div className="grid-wrap">
            <DetailsList
              items={[...last.current]}
              columns={columns}
              getKey={(run: FlowRun) => run.id}
              compact
              ariaLabelForGrid="Flow runs"
              layoutMode={DetailsListLayoutMode.fixedColumns}
              constrainMode={ConstrainMode.unconstrained}
              selectionMode={SelectionMode.none}
            />
          </div>
        )}
      </div>
    </>
  );
}

const column = (name: string, width: number, onRender: (run: FlowRun) => React.ReactNode): IColumn => ({
  key: name,
  name,
  minWidth: width,
  maxWidth: width,
  isResizable: true,
  onRender,
});

const columns: IColumn[] = [
  column('Start time', 190, (run) => (
    <Link {...linkTo({ kind: 'flowRuns', id: run.id })}>{new Date(run.startTime).toLocaleString()}</Link>
  )),
  column('Flow', 240, (run) => run.flow),
  column('Status', 130, (run) => <Status status={run.status} />),
  column('Duration', 100, (run) => durationOf(run)),
  column('Error', 420, (run) => run.error?.message ?? ''),
];

const icons: Readonly<Record<string, string>> = {
  Succeeded: 'Completed',
  Failed: 'ErrorBadge',
  TimedOut: 'ErrorBadge',
  Cancelled: 'Blocked2',
  Skipped: 'Cancel',
};

export function Status({ status }: { readonly status: string }): React.ReactElement {
  return (
    <span className={`status status-${status.toLowerCase()}`}>
      <Icon iconName={icons[status] ?? 'Info'} /> {status}
    </span>
  );
}

export function durationOf({ startTime, endTime }: { readonly startTime: string; readonly endTime?: string }): string {
  if (endTime === undefined) return '';
  const milliseconds = Date.parse(endTime) - Date.parse(startTime);
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
