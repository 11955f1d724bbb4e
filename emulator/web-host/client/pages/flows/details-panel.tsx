import * as React from 'react';
import { IconButton, MessageBar, MessageBarType } from '@fluentui/react';
import { flowWords } from '../../language/words/flows';
import type { FlowRunDetail, TriggerOutline } from '../../web-api/flow-runs';
import { ContentView, isRecord } from './content-view';
import { durationOf, kindOf, momentOf, shown } from './names';
import type { RunNode } from './run-tree';
import { Status } from './status';
import { StepIcon } from './step-icon';

interface PanelProps {
  readonly name: string;
  readonly step: { readonly type: string; readonly operation?: string | undefined };
  onClose(): void;
  readonly children: React.ReactNode;
}

function Panel({ name, step, onClose, children }: PanelProps): React.ReactElement {
  const heading = React.useRef<HTMLHeadingElement>(null);
  React.useEffect(() => heading.current?.scrollIntoView({ block: 'nearest' }), [name]);
  return (
    <aside className="card details" aria-label={flowWords('details', shown(name))}>
      <div className="details-head">
        <StepIcon {...step} />
        <div className="details-title">
          <h2 ref={heading}>{shown(name)}</h2>
          <div className="quiet">{kindOf(step)}</div>
        </div>
        <IconButton iconProps={{ iconName: 'Cancel' }} title={flowWords('close')} onClick={onClose} />
      </div>
      {children}
    </aside>
  );
}

/** What the trigger gave. */
export function TriggerDetails(props: {
  readonly trigger: TriggerOutline;
  readonly run: FlowRunDetail;
  onClose(): void;
}): React.ReactElement {
  const { trigger, run, onClose } = props;
  const outputs = run.trigger.outputs;
  return (
    <Panel name={trigger.name} step={trigger} onClose={onClose}>
      <Facts facts={[[flowWords('start'), momentOf(run.startTime)]]} />
      <ContentView title={flowWords('outputs')} content={outputs} />
    </Panel>
  );
}

/** What an action was given and gave, how long it took, and how often it was tried. */
export function ActionDetails({ node, onClose }: { readonly node: RunNode; onClose(): void }): React.ReactElement {
  const { outline, record, status } = node;
  const facts: (readonly [string, React.ReactNode])[] = [
    ...(status === undefined ? [] : [[flowWords('status'), <Status key="s" status={status} />] as const]),
    ...(record === undefined
      ? []
      : ([
          [flowWords('duration'), durationOf(record)],
          [flowWords('start'), momentOf(record.startTime)],
          ...(record.endTime === undefined ? [] : [[flowWords('end'), momentOf(record.endTime)] as const]),
          ...(record.attempts > 1 ? [[flowWords('attempts'), String(record.attempts)] as const] : []),
        ] as const)),
  ];
  return (
    <Panel name={outline.name} step={outline} onClose={onClose}>
      {outline.description !== undefined && <p className="details-said">{outline.description}</p>}
      {record?.error !== undefined && status !== 'Skipped' && (
        <MessageBar messageBarType={MessageBarType.error} isMultiline className="details-error">
          <strong>{record.error.code}</strong> {record.error.message}
        </MessageBar>
      )}
      <Facts facts={facts} />
      {record?.retryHistory !== undefined && <Retries record={record} />}
      {record !== undefined && (
        <>
          <ContentView title={flowWords('inputs')} content={record.inputs} fields={parametersOf(record.inputs)} />
          <ContentView title={flowWords('outputs')} content={record.outputs} />
        </>
      )}
    </Panel>
  );
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, React.ReactNode])[] }): React.ReactElement {
  return (
    <dl className="details-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Retries({ record }: { readonly record: NonNullable<RunNode['record']> }): React.ReactElement {
  return (
    <section className="content-block">
      <h3>{flowWords('retryHistory')}</h3>
      <ol className="retries">
        {record.retryHistory?.map((attempt, index) => (
          <li key={index}>
            <strong>{flowWords('attemptN', index + 1)}</strong>{' '}
            <span className="quiet">{momentOf(attempt.startTime)}</span>
            <div className="retry-error">
              {attempt.code}: {attempt.message}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Of a call of a connector its parameters are what it was given; host and authentication are how. */
function parametersOf(inputs: unknown): unknown {
  return isRecord(inputs) && isRecord(inputs['host']) && isRecord(inputs['parameters']) ? inputs['parameters'] : inputs;
}
