import * as React from 'react';
import { Link, Toggle } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import { linkTo } from '../../shell/navigation';
import { readFlowRuns, readFlows, turn, type Flow, type FlowRun } from '../../web-api/flow-runs';
import { CentrePage, column, Table, type Act } from '../centre-page';
import { momentOf, statusText, triggerText } from './names';
import { RunDialog } from './run-dialog';
import { StatusSign } from './status';
import { StepIcon } from './step-icon';

const shownRuns = 5;

async function read(): Promise<{ flows: readonly Flow[]; runs: ReadonlyMap<string, readonly FlowRun[]> }> {
  const [flows, runs] = await Promise.all([readFlows(), readFlowRuns()]);
  return { flows, runs: new Map(flows.map(({ id }) => [id, runs.filter(({ workflowId }) => workflowId === id)])) };
}

/** The cloud flows of the environment: on or off, what starts them, how they last ran. */
export function FlowsPage(): React.ReactElement {
  const [asked, ask] = React.useState<Flow>();
  return (
    <CentrePage
      title={flowWords('flows')}
      read={read}
      isMoving={({ runs }) => [...runs.values()].some((of) => of.some(({ status }) => status === 'Running'))}
    >
      {({ flows, runs }, act) => (
        <>
          <Table
            title={flowWords('flows')}
            level={1}
            items={flows}
            columns={columnsFor(runs, act, ask)}
            empty={flowWords('noFlows')}
          />
          {asked !== undefined && <RunDialog flow={asked} onClose={() => ask(undefined)} />}
        </>
      )}
    </CentrePage>
  );
}

const columnsFor = (runs: ReadonlyMap<string, readonly FlowRun[]>, act: Act, ask: (flow: Flow) => void) => [
  column<Flow>(flowWords('name'), 300, ({ id, name, problem }) => (
    <>
      <Link {...linkTo({ kind: 'flows', id })}>{name}</Link>
      {problem !== undefined && <div className="field-error">{problem}</div>}
    </>
  )),
  column<Flow>(flowWords('state'), 130, (flow) => <Switch flow={flow} act={act} />),
  column<Flow>(flowWords('trigger'), 330, ({ trigger }) =>
    trigger === undefined ? (
      ''
    ) : (
      <span className="trigger-cell">
        <StepIcon type={trigger.type} operation={trigger.operation} /> <span>{triggerText(trigger)}</span>
      </span>
    ),
  ),
  column<Flow>(flowWords('lastRuns'), 190, ({ id, name }) => <LastRuns runs={runs.get(id) ?? []} flow={name} />),
  column<Flow>(flowWords('run'), 90, (flow) => (
    <Link disabled={!flow.isOn} aria-label={flowWords('runFlow', flow.name)} onClick={() => ask(flow)}>
      {flowWords('run')}
    </Link>
  )),
];

function Switch({ flow, act }: { readonly flow: Flow; readonly act: Act }): React.ReactElement {
  const { id, name, isOn, problem } = flow;
  if (problem !== undefined) return <>{flowWords('cannotRun')}</>;
  return (
    <Toggle
      checked={isOn}
      ariaLabel={`${name}: ${flowWords(isOn ? 'turnOff' : 'turnOn')}`}
      onText={flowWords('on')}
      offText={flowWords('off')}
      styles={{ root: { margin: 0 }, container: { alignItems: 'center' }, text: { padding: 0 } }}
      onChange={() => act(() => turn(id, !isOn))}
    />
  );
}

function LastRuns({ runs, flow }: { readonly runs: readonly FlowRun[]; readonly flow: string }): React.ReactElement {
  if (runs.length === 0) return <span className="quiet">{flowWords('never')}</span>;
  return (
    <span className="last-runs">
      {runs.slice(0, shownRuns).map((run) => (
        <a
          key={run.id}
          className={`status status-${run.status.toLowerCase()}`}
          title={`${statusText(run.status)}, ${momentOf(run.startTime)}`}
          aria-label={`${statusText(run.status)}, ${momentOf(run.startTime)}`}
          {...linkTo({ kind: 'flowRuns', id: run.id })}
        >
          <StatusSign status={run.status} />
        </a>
      ))}
      {runs.length > shownRuns && <Link {...linkTo({ kind: 'flowRuns', flow })}>{flowWords('allRuns')}</Link>}
    </span>
  );
}
