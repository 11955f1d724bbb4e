import * as React from 'react';
import { CommandBar, Icon, MessageBar, MessageBarType } from '@fluentui/react';
import { tell } from '../shell/dialogs';
import { go } from '../shell/navigation';
import { Failed, Loading } from '../shell/page-state';
import { useAsync } from '../shell/use-async';
import { useTitle } from '../shell/use-title';
import { cancelFlowRun, readFlowRun, resubmitFlowRun, type FlowAction, type FlowRunDetail } from '../web-api/flow-runs';
import { durationOf, Status } from './flow-runs-page';

/** One run of a flow: what every action was given, and what it gave. */
export function FlowRunPage({ id }: { readonly id: string }): React.ReactElement {
  const [reads, readAgain] = React.useReducer((count: number) => count + 1, 0);
  const run = useAsync(() => readFlowRun(id), `${id} ${reads}`);
  if (run.state === 'loading') return <Loading label="Loading…" />;
  if (run.state === 'failed') return <Failed error={run.error} />;
  return <Run run={run.value} onRefresh={readAgain} />;
}

function Run({ run, onRefresh }: { readonly run: FlowRunDetail; onRefresh(): void }): React.ReactElement {
  useTitle(run.flow);
  const refused = (error: Error) => tell('Error', error.message);
  const resubmit = () => resubmitFlowRun(run.id).then(({ id }) => go({ kind: 'flowRuns', id }), refused);
  const cancel = () => cancelFlowRun(run.id).then(onRefresh, refused);
  return (
    <>
      <div className="card command-bar">
        <CommandBar
          className="commands"
          ariaLabel="Flow run commands"
          items={[
            {
              key: 'back',
              text: 'Go back',
              ariaLabel: 'Go back',
              iconOnly: true,
              iconProps: { iconName: 'Back' },
              onClick: () => void go({ kind: 'flowRuns' }),
            },
            { key: 'resubmit', text: 'Resubmit', iconProps: { iconName: 'Undo' }, onClick: () => void resubmit() },
            ...(run.status === 'Running'
              ? [{ key: 'cancel', text: 'Cancel run', iconProps: { iconName: 'Cancel' }, onClick: () => void cancel() }]
              : []),
            { key: 'refresh', text: 'Refresh', iconProps: { iconName: 'Refresh' }, onClick: onRefresh },
          ]}
        />
      </div>
      {run.error !== undefined && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline className="notification">
          {run.error.message ?? run.error.code}
        </MessageBar>
      )}
      <div className="card form-header">
        <div className="form-title">
          <div>
            <h1>{run.flow}</h1>
            <div className="sub">{new Date(run.startTime).toLocaleString()}</div>
          </div>
          <div className="header-fields">
            <div className="header-field">
              <div className="value">
                <Status status={run.status} />
              </div>
              <div className="label">Status</div>
            </div>
            <div className="header-field">
              <div className="value">{durationOf(run) || '---'}</div>
              <div className="label">Duration</div>
            </div>
          </div>
        </div>
      </div>
      <ol className="actions">
        <li className="card">
          <Step name="Trigger" data={[['Outputs', run.trigger]]} />
        </li>
        {run.actions.map((action) => (
          <li key={action.path} className="card">
            <Step
              name={action.path}
              action={action}
              data={[
                ['Inputs', action.inputs],
                ['Outputs', action.outputs],
              ]}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

interface StepProps {
  readonly name: string;
  readonly action?: FlowAction;
  readonly data: readonly (readonly [string, unknown])[];
}

/** Closed it tells how it went; open, what went in and out. */
function Step({ name, action, data }: StepProps): React.ReactElement {
  return (
    <details>
      <summary>
        <span className="step-name">
          <Icon iconName="ChevronRight" className="chevron" /> {name.replaceAll('_', ' ')}
        </span>
        {action !== undefined && (
          <span className="step-facts">
            {action.attempts > 1 && <span className="quiet">{action.attempts} attempts</span>}
            <span className="quiet">{durationOf(action)}</span>
            <Status status={action.status} />
          </span>
        )}
      </summary>
      {action?.error !== undefined && <div className="field-error">{action.error.message ?? action.error.code}</div>}
      {data.map(([label, value]) => (
        <div key={label}>
          <h2>{label}</h2>
          <pre tabIndex={0}>{JSON.stringify(value, undefined, 2) ?? '---'}</pre>
        </div>
      ))}
    </details>
  );
}
