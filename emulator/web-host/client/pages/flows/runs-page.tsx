import * as React from 'react';
import { Dropdown, Link } from '@fluentui/react';
import { Commands } from '../../shell/commands';
import { flowWords } from '../../language/words/flows';
import { go, linkTo, replace } from '../../shell/navigation';
import { Failed, Loading } from '../../shell/page-state';
import { useAsync } from '../../shell/use-async';
import { useTitle } from '../../shell/use-title';
import { readFlowRuns, readFlows, type FlowRun } from '../../web-api/flow-runs';
import { column, Table } from '../centre-page';
import { durationOf, momentOf, statusText } from './names';
import { Status } from './status';

const statuses = ['Succeeded', 'Failed', 'Running', 'Waiting', 'Cancelled', 'TimedOut'] as const;

const read = async () => {
  const [runs, flows] = await Promise.all([readFlowRuns(), readFlows()]);
  return { runs, names: [...new Set([...flows.map(({ name }) => name), ...runs.map(({ flow }) => flow)])].sort() };
};

/** Runs of the cloud flows of the environment, the newest first; of one flow and one status when asked. */
export function RunsPage({ flow }: { readonly flow: string | undefined }): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const [status, setStatus] = React.useState<string>('');
  const found = useAsync(read, String(reads));
  const last = React.useRef<{ readonly runs: readonly FlowRun[]; readonly names: readonly string[] }>();
  if (found.state === 'done') last.current = found.value;
  useTitle(flowWords('flowRuns'));
  // Somebody is waiting for what has not ended yet.
  const isRunning = last.current?.runs.some((run) => run.status === 'Running') ?? false;
  React.useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setTimeout(readAgain, 2000);
    return () => clearTimeout(timer);
  }, [isRunning, reads]);
  if (found.state === 'failed') return <Failed error={found.error} />;
  if (last.current === undefined) return <Loading />;
  const { runs, names } = last.current;
  const wanted = runs.filter((run) => (flow ?? run.flow) === run.flow && (status || run.status) === run.status);
  return (
    <>
      <div className="card command-bar">
        <Commands
          ariaLabel={flowWords('runCommands')}
          items={[
            {
              key: 'refresh',
              text: flowWords('refresh'),
              iconProps: { iconName: 'Refresh' },
              onClick: readAgain,
            },
            {
              key: 'flows',
              text: flowWords('flows'),
              iconProps: { iconName: 'Table' },
              onClick: () => void go({ kind: 'flows' }),
            },
          ]}
        />
        <span className="run-filters">
          <Dropdown
            ariaLabel={flowWords('filterFlow')}
            selectedKey={flow ?? ''}
            options={[{ key: '', text: flowWords('allFlows') }, ...names.map((name) => ({ key: name, text: name }))]}
            onChange={(_event, option) =>
              replace({ kind: 'flowRuns', flow: option?.key === '' ? undefined : String(option?.key) })
            }
          />
          <Dropdown
            ariaLabel={flowWords('status')}
            selectedKey={status}
            options={[
              { key: '', text: flowWords('anyStatus') },
              ...statuses.map((one) => ({ key: one, text: statusText(one) })),
            ]}
            onChange={(_event, option) => setStatus(String(option?.key ?? ''))}
          />
        </span>
      </div>
      <Table
        title={flowWords('flowRuns')}
        level={1}
        items={wanted}
        columns={columns()}
        empty={flowWords(runs.length === 0 ? 'noRuns' : 'noRunsHere')}
      />
    </>
  );
}

const columns = () => [
  column<FlowRun>(flowWords('start'), 190, (run) => (
    <Link {...linkTo({ kind: 'flowRuns', id: run.id })}>{momentOf(run.startTime)}</Link>
  )),
  column<FlowRun>(flowWords('filterFlow'), 240, (run) => run.flow),
  column<FlowRun>(flowWords('status'), 150, (run) => <Status status={run.status} />),
  column<FlowRun>(flowWords('duration'), 100, (run) => durationOf(run)),
  column<FlowRun>(flowWords('error'), 420, (run) => run.error?.message ?? ''),
];
