import * as React from 'react';
import {
  DefaultButton,
  Dialog,
  DialogFooter,
  DialogType,
  Dropdown,
  PrimaryButton,
  SpinButton,
  TextField,
} from '@fluentui/react';
import { rowWords } from '../language/words/rows';
import { shellWords } from '../language/words/shell';
import { ask, tell } from '../shell/dialogs';
import { showDialog } from '../shell/custom-dialogs';
import type { Table } from '../web-api/metadata';
import { send } from '../web-api/web-api';
import { changeRows } from './change-rows';
import { statusReasons } from './state-dialog';

const states = { active: 0, resolved: 1, cancelled: 2 } as const;

/** The dialog of model-driven apps for resolving a case, through `CloseIncident`. @returns whether it is resolved */
export async function resolveCase(table: Table, id: string): Promise<boolean> {
  return (await showDialog<true>((done) => <ResolveCase table={table} id={id} done={done} />)) ?? false;
}

/** @returns whether the case is cancelled, or active again */
export async function changeCase(table: Table, id: string, isCancelled: boolean): Promise<boolean> {
  const title = rowWords(isCancelled ? 'cancelCase' : 'reactivateCase');
  const text = rowWords(isCancelled ? 'cancelCaseText' : 'reactivateText');
  if ((await ask(title, text, [title, shellWords('cancel')])) !== 0) return false;
  const state = isCancelled ? states.cancelled : states.active;
  const status = statusReasons(table, state)[0]?.value;
  return (await changeRows(table, [id], { statecode: state, statuscode: status })) > 0;
}

interface ResolveCaseProps {
  readonly table: Table;
  readonly id: string;
  done(isResolved?: true): void;
}

function ResolveCase({ table, id, done }: ResolveCaseProps): React.ReactElement {
  const reasons = statusReasons(table, states.resolved);
  const [status, setStatus] = React.useState(reasons[0]?.value ?? -1);
  const [subject, setSubject] = React.useState('');
  const [minutes, setMinutes] = React.useState(0);
  const [remarks, setRemarks] = React.useState('');
  const [isMissing, setMissing] = React.useState(false);
  const [isSending, setSending] = React.useState(false);

  async function resolve(): Promise<void> {
    if (subject.trim() === '') return setMissing(true);
    setSending(true);
    const IncidentResolution = {
      '@odata.type': 'Microsoft.Dynamics.CRM.incidentresolution',
      subject: subject.trim(),
      timespent: minutes,
      description: remarks === '' ? null : remarks,
      'incidentid@odata.bind': `/${table.set}(${id})`,
    };
    const refused = await send('POST', 'CloseIncident', { IncidentResolution, Status: status }).catch(
      (error: Error) => error,
    );
    setSending(false);
    // What was entered stays, so that it can be tried again.
    if (refused instanceof Error) return tell(shellWords('error'), refused.message);
    done(true);
  }

  return (
    <Dialog
      hidden={false}
      minWidth={440}
      onDismiss={() => done()}
      dialogContentProps={{ type: DialogType.normal, title: rowWords('resolveCase') }}
      modalProps={{ isBlocking: true }}
    >
      <Dropdown
        label={rowWords('resolutionType')}
        required
        selectedKey={status}
        options={reasons.map(({ value, label }) => ({ key: value, text: label }))}
        onChange={(_event, option) => setStatus(Number(option!.key))}
      />
      <TextField
        label={rowWords('resolution')}
        required
        value={subject}
        maxLength={200}
        errorMessage={isMissing && subject.trim() === '' ? rowWords('resolutionMissing') : undefined}
        onChange={(_event, value = '') => setSubject(value)}
      />
      <SpinButton
        label={rowWords('billableTime')}
        labelPosition={0}
        min={0}
        step={5}
        value={String(minutes)}
        onChange={(_event, value = '0') => setMinutes(Math.max(0, Math.trunc(Number(value)) || 0))}
      />
      <TextField
        label={rowWords('remarks')}
        multiline
        rows={3}
        value={remarks}
        onChange={(_event, value = '') => setRemarks(value)}
      />
      <DialogFooter>
        <PrimaryButton text={rowWords('resolve')} disabled={isSending} onClick={() => void resolve()} />
        <DefaultButton text={shellWords('cancel')} onClick={() => done()} />
      </DialogFooter>
    </Dialog>
  );
}
