import * as React from 'react';
import {
  DefaultButton,
  Dialog,
  DialogFooter,
  DialogType,
  MessageBar,
  MessageBarType,
  Pivot,
  PivotItem,
  PrimaryButton,
  TextField,
} from '@fluentui/react';
import { Validator, type Schema } from '@cfworker/json-schema';
import { flowWords } from '../../language/words/flows';
import { go } from '../../shell/navigation';
import { useAsync } from '../../shell/use-async';
import { readFlowRun, readFlowRuns, runFlow, type Flow } from '../../web-api/flow-runs';
import { isRecord } from './content-view';
import { BodyForm, formFields } from './body-form';

/** The body of the last run, else one made from the schema. */
async function firstBody(flow: Flow): Promise<string> {
  const last = (await readFlowRuns()).find(({ workflowId }) => workflowId === flow.id);
  const outputs = last === undefined ? undefined : (await readFlowRun(last.id)).trigger.outputs;
  const body = isRecord(outputs) && isRecord(outputs['body']) ? outputs['body'] : {};
  return JSON.stringify(body, undefined, 2);
}

/** Asks what the trigger is given, and runs the flow with it. */
export function RunDialog({ flow, onClose }: { readonly flow: Flow; onClose(): void }): React.ReactElement {
  const first = useAsync(() => firstBody(flow), flow.id);
  const [typed, setTyped] = React.useState<string>();
  const [refusal, setRefusal] = React.useState<string>();
  const [isBusy, setBusy] = React.useState(false);
  const text = typed ?? (first.state === 'done' ? first.value : '{}');
  const read = readBody(text);
  const problems = read.problem === undefined ? wrongBy(flow.trigger?.schema, read.body) : [read.problem];
  const change = (next: string) => {
    setTyped(next);
    setRefusal(undefined);
  };
  const run = async () => {
    setBusy(true);
    try {
      const started = await runFlow(flow.id, read.body);
      if (started.length === 0) return setRefusal(`${flowWords('notStarted')}. ${flowWords('conditionsFailed')}`);
      onClose();
      return void go({ kind: 'flowRuns', id: started[0]!.id });
    } catch (error) {
      return setRefusal((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const fields = formFields(flow.trigger?.schema);
  const editor = (
    <TextField
      label={flowWords('body')}
      description={flowWords('bodyHint')}
      multiline
      rows={14}
      spellCheck={false}
      styles={{ field: { fontFamily: 'Consolas, "Cascadia Mono", monospace', fontSize: 13 } }}
      value={text}
      onChange={(_event, next = '') => change(next)}
    />
  );
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      dialogContentProps={{ type: DialogType.normal, title: flowWords('runFlow', flow.name), showCloseButton: true }}
      modalProps={{ isBlocking: true, isAlert: false }}
      minWidth="min(640px, 92vw)"
      maxWidth={720}
    >
      {fields.length === 0 ? (
        editor
      ) : (
        <Pivot>
          <PivotItem headerText={flowWords('form')}>
            <BodyForm
              fields={fields}
              body={read.body}
              onChange={(body) => change(JSON.stringify(body, undefined, 2))}
            />
          </PivotItem>
          <PivotItem headerText={flowWords('json')}>{editor}</PivotItem>
        </Pivot>
      )}
      <div role="alert">
        {[...problems, ...(refusal === undefined ? [] : [refusal])].map((problem) => (
          <MessageBar key={problem} messageBarType={MessageBarType.error} isMultiline>
            {problem}
          </MessageBar>
        ))}
      </div>
      <DialogFooter>
        <PrimaryButton text={flowWords('run')} disabled={problems.length > 0 || isBusy} onClick={() => void run()} />
        <DefaultButton text={flowWords('cancel')} onClick={onClose} />
      </DialogFooter>
    </Dialog>
  );
}

type Body = Readonly<Record<string, unknown>>;

function readBody(text: string): { readonly body: Body; readonly problem?: string } {
  try {
    const body: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return isRecord(body) ? { body } : { body: {}, problem: flowWords('notJson', '{ … }') };
  } catch (error) {
    return { body: {}, problem: flowWords('notJson', (error as Error).message) };
  }
}

/** What is wrong with the body by the schema of the trigger. */
function wrongBy(schema: unknown, body: Body): string[] {
  if (!isRecord(schema) || Object.keys(schema).length === 0) return [];
  const { errors } = new Validator(schema as Schema, '4', false).validate(body);
  const causes = errors.filter(
    ({ keyword }) => !['properties', 'items', 'additionalProperties', 'format'].includes(keyword),
  );
  return causes.map(({ instanceLocation, error }) => `${instanceLocation.replace(/^#\/?/, '')} ${error}`.trim());
}
