import * as React from 'react';
import { MessageBar, MessageBarType } from '@fluentui/react';
import { Commands } from '../../shell/commands';
import { flowWords } from '../../language/words/flows';
import { tell } from '../../shell/dialogs';
import { go } from '../../shell/navigation';
import { Failed, Loading } from '../../shell/page-state';
import { useAsync } from '../../shell/use-async';
import { useTitle } from '../../shell/use-title';
import {
  cancelFlowRun,
  readFlow,
  readFlowRun,
  resubmitFlowRun,
  type FlowDetail,
  type FlowRunDetail,
} from '../../web-api/flow-runs';
import { ActionDetails, TriggerDetails } from './details-panel';
import { FlowDiagram, triggerPath } from './flow-diagram';
import { durationOf, momentOf, shown } from './names';
import { allNodes, recordsByPath, runTree, strangersIn, type RunNode } from './run-tree';
import { Status } from './status';

const againMs = 1500;
const isGoing = ({ status }: { readonly status: string }) => status === 'Running' || status === 'Waiting';

async function read(id: string): Promise<{ run: FlowRunDetail; flow: FlowDetail }> {
  const run = await readFlowRun(id);
  const gone: FlowDetail = { id: run.workflowId, name: run.flow, isOn: false };
  return { run, flow: await readFlow(run.workflowId).catch(() => gone) };
}

/** One run of a flow: its diagram, and what every action was given and gave. */
export function RunPage({ id }: { readonly id: string }): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const found = useAsync(() => read(id), `${id} ${reads}`);
  const last = React.useRef<{ readonly run: FlowRunDetail; readonly flow: FlowDetail }>();
  if (found.state === 'done') last.current = found.value;
  const goes = last.current !== undefined && isGoing(last.current.run);
  React.useEffect(() => {
    if (!goes) return undefined;
    const timer = setTimeout(readAgain, againMs);
    return () => clearTimeout(timer);
  }, [goes, reads]);
  if (found.state === 'failed') return <Failed error={found.error} />;
  if (last.current === undefined) return <Loading />;
  return <Run {...last.current} onRefresh={readAgain} />;
}

interface RunProps {
  readonly run: FlowRunDetail;
  readonly flow: FlowDetail;
  onRefresh(): void;
}

function Run({ run, flow, onRefresh }: RunProps): React.ReactElement {
  useTitle(run.flow);
  const refused = (error: Error) => tell(flowWords('couldNotBeDone'), error.message);
  const resubmit = () => resubmitFlowRun(run.id).then(({ id }) => go({ kind: 'flowRuns', id }), refused);
  const cancel = () => cancelFlowRun(run.id).then(onRefresh, refused);
  return (
    <div className="flow-page">
      <div className="card command-bar">
        <Commands
          ariaLabel={flowWords('runCommands')}
          items={[
            {
              key: 'back',
              text: flowWords('goBack'),
              ariaLabel: flowWords('goBack'),
              iconOnly: true,
              iconProps: { iconName: 'Back' },
              onClick: () => void go({ kind: 'flowRuns', flow: run.flow }),
            },
            {
              key: 'resubmit',
              text: flowWords('resubmit'),
              iconProps: { iconName: 'Undo' },
              onClick: () => void resubmit(),
            },
            ...(isGoing(run)
              ? [
                  {
                    key: 'cancel',
                    text: flowWords('cancelRun'),
                    iconProps: { iconName: 'Cancel' },
                    onClick: () => void cancel(),
                  },
                ]
              : []),
            {
              key: 'refresh',
              text: flowWords('refresh'),
              iconProps: { iconName: 'Refresh' },
              onClick: onRefresh,
            },
          ]}
        />
      </div>
      <Summary run={run} />
      <RunDiagram run={run} flow={flow} />
    </div>
  );
}

function Summary({ run }: { readonly run: FlowRunDetail }): React.ReactElement {
  return (
    <>
      {run.error !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline className="notification">
          {run.error.message ?? run.error.code}
        </MessageBar>
      )}
      <div className="card form-header flow-head">
        <div className="form-title">
          <div>
            <h1>{run.flow}</h1>
            <div className="sub">{momentOf(run.startTime)}</div>
          </div>
          <div className="header-fields">
            <div className="header-field">
              <div className="value">
                <Status status={run.status} />
              </div>
              <div className="label">{flowWords('status')}</div>
            </div>
            <div className="header-field">
              <div className="value">{durationOf(run) || '---'}</div>
              <div className="label">{flowWords('duration')}</div>
            </div>
          </div>
        </div>
      </div>
    </>
  );
}

function RunDiagram({ run, flow }: Omit<RunProps, 'onRefresh'>): React.ReactElement {
  const [repetitions, setRepetitions] = React.useState<Readonly<Record<string, number>>>({});
  const [toggled, setToggled] = React.useState<Readonly<Record<string, boolean>>>({});
  const [chosen, choose] = React.useState<string>();
  const records = React.useMemo(() => recordsByPath(run.actions), [run]);
  const { trigger, actions } = flow;
  if (trigger === undefined || actions === undefined)
    return (
      <MessageBar messageBarType={MessageBarType.warning}>
        {flow.problem ?? flowWords('elsewhere', [...new Set(run.actions.map(({ name }) => name))].join(', '))}
      </MessageBar>
    );
  const nodes = runTree(actions, { records, isRunning: isGoing(run), repetitions });
  const node = allNodes(nodes).find(({ path }) => path === chosen);
  const strangers = strangersIn(run.actions, actions);
  const close = () => {
    const path = chosen;
    choose(undefined);
    document.querySelector<HTMLElement>(`[data-path="${CSS.escape(path ?? '')}"]`)?.focus();
  };
  return (
    <>
      {strangers.length > 0 && (
        <MessageBar messageBarType={MessageBarType.warning} className="notification">
          {flowWords('elsewhere', strangers.map(shown).join(', '))}
        </MessageBar>
      )}
      <div className="flow-panes">
        <FlowDiagram
          trigger={trigger}
          triggerStatus="Succeeded"
          nodes={nodes}
          chosen={chosen}
          isOpen={(one) => toggled[one.outline.name] ?? isOpenAtFirst(one)}
          onChoose={choose}
          onToggle={(one) =>
            setToggled({ ...toggled, [one.outline.name]: !(toggled[one.outline.name] ?? isOpenAtFirst(one)) })
          }
          onRepetition={(path, index) => setRepetitions({ ...repetitions, [path]: index })}
        />
        {chosen === triggerPath && <TriggerDetails trigger={trigger} run={run} onClose={close} />}
        {node !== undefined && <ActionDetails node={node} onClose={close} />}
        {chosen === undefined && <p className="card details details-hint">{flowWords('pick')}</p>}
      </div>
    </>
  );
}

/** What was skipped says nothing by what is inside it. */
const isOpenAtFirst = ({ status }: RunNode) => status !== 'Skipped';
