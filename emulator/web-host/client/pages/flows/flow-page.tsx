import * as React from 'react';
import { MessageBar, MessageBarType } from '@fluentui/react';
import { Commands } from '../../shell/commands';
import { flowWords } from '../../language/words/flows';
import { tell } from '../../shell/dialogs';
import { go } from '../../shell/navigation';
import { Failed, Loading } from '../../shell/page-state';
import { useAsync } from '../../shell/use-async';
import { useTitle } from '../../shell/use-title';
import { readFlow, turn, type FlowDetail } from '../../web-api/flow-runs';
import { ActionDetails } from './details-panel';
import { FlowDiagram } from './flow-diagram';
import { triggerText } from './names';
import { RunDialog } from './run-dialog';
import { allNodes, runTree } from './run-tree';

/** A flow as it stands: its diagram, without any run. */
export function FlowPage({ id }: { readonly id: string }): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const flow = useAsync(() => readFlow(id), `${id} ${reads}`);
  const last = React.useRef<FlowDetail>();
  if (flow.state === 'done') last.current = flow.value;
  if (flow.state === 'failed') return <Failed error={flow.error} />;
  if (last.current === undefined) return <Loading />;
  return <Flow flow={last.current} onRefresh={readAgain} />;
}

function Flow({ flow, onRefresh }: { readonly flow: FlowDetail; onRefresh(): void }): React.ReactElement {
  useTitle(flow.name);
  const [asks, setAsks] = React.useState(false);
  const [closed, setClosed] = React.useState<Readonly<Record<string, boolean>>>({});
  const [chosen, choose] = React.useState<string>();
  const { id, name, isOn, problem, trigger, actions = [] } = flow;
  const nodes = runTree(actions, undefined);
  const node = allNodes(nodes).find(({ path }) => path === chosen);
  const change = () =>
    turn(id, !isOn)
      .catch((error: Error) => tell(flowWords('couldNotBeDone'), error.message))
      .then(onRefresh);
  return (
    <div className="flow-page">
      <div className="card command-bar">
        <Commands
          ariaLabel={flowWords('flowCommands')}
          items={[
            {
              key: 'back',
              text: flowWords('goBack'),
              ariaLabel: flowWords('goBack'),
              iconOnly: true,
              iconProps: { iconName: 'Back' },
              onClick: () => void go({ kind: 'flows' }),
            },
            {
              key: 'run',
              text: flowWords('run'),
              disabled: !isOn,
              iconProps: { iconName: 'ChevronRight' },
              onClick: () => setAsks(true),
            },
            {
              key: 'turn',
              text: flowWords(isOn ? 'turnOff' : 'turnOn'),
              iconProps: { iconName: isOn ? 'Cancel' : 'CheckMark' },
              onClick: () => void change(),
            },
            {
              key: 'runs',
              text: flowWords('allRuns'),
              iconProps: { iconName: 'Table' },
              onClick: () => void go({ kind: 'flowRuns', flow: name }),
            },
            { key: 'refresh', text: flowWords('refresh'), iconProps: { iconName: 'Refresh' }, onClick: onRefresh },
          ]}
        />
      </div>
      {problem !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline className="notification">
          {problem}
        </MessageBar>
      )}
      <div className="card form-header flow-head">
        <div className="form-title">
          <div>
            <h1>{name}</h1>
            <div className="sub">{trigger === undefined ? '' : triggerText(trigger)}</div>
          </div>
          <div className="header-fields">
            <div className="header-field">
              <div className="value">{flowWords(isOn ? 'on' : 'off')}</div>
              <div className="label">{flowWords('state')}</div>
            </div>
          </div>
        </div>
      </div>
      {trigger !== undefined && (
        <div className="flow-panes">
          <FlowDiagram
            trigger={trigger}
            triggerStatus={undefined}
            nodes={nodes}
            chosen={chosen}
            isOpen={(one) => closed[one.path] !== true}
            onChoose={choose}
            onToggle={(one) => setClosed({ ...closed, [one.path]: closed[one.path] !== true })}
            onRepetition={() => undefined}
          />
          {node !== undefined && <ActionDetails node={node} onClose={() => choose(undefined)} />}
        </div>
      )}
      {asks && <RunDialog flow={flow} onClose={() => setAsks(false)} />}
    </div>
  );
}
