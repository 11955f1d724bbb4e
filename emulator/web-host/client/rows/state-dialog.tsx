import * as React from 'react';
import { DefaultButton, Dialog, DialogFooter, DialogType, Dropdown, PrimaryButton } from '@fluentui/react';
import { rowWords } from '../language/words/rows';
import { shellWords } from '../language/words/shell';
import { showDialog } from '../shell/custom-dialogs';
import type { ChoiceOption, Table } from '../web-api/metadata';
import { changeRows, countOf } from './change-rows';

const active = 0;
const inactive = 1;

/** Asks, then changes the state of the rows with the status reason the user chooses. @returns whether any was changed */
export async function changeState(table: Table, ids: readonly string[], isActivated: boolean): Promise<boolean> {
  const state = isActivated ? active : inactive;
  const status = await showDialog<number>((done) => <StateDialog table={table} ids={ids} state={state} done={done} />);
  if (status === undefined) return false;
  return (await changeRows(table, ids, { statecode: state, statuscode: status })) > 0;
}

interface StateDialogProps {
  readonly table: Table;
  readonly ids: readonly string[];
  readonly state: number;
  done(status?: number): void;
}

function StateDialog({ table, ids, state, done }: StateDialogProps): React.ReactElement {
  const reasons = statusReasons(table, state);
  const [status, setStatus] = React.useState(reasons[0]?.value ?? -1);
  const isActivated = state === active;
  return (
    <Dialog
      hidden={false}
      minWidth={420}
      onDismiss={() => done()}
      dialogContentProps={{
        type: DialogType.normal,
        title: isActivated ? rowWords('confirmActivation', table.label) : rowWords('confirmDeactivation'),
        subText: rowWords(isActivated ? 'activationText' : 'deactivationText', ...countOf(table, ids)),
      }}
    >
      {reasons.length > 1 && (
        <Dropdown
          label={rowWords('status')}
          selectedKey={status}
          options={reasons.map(({ value, label }) => ({ key: value, text: label }))}
          onChange={(_event, option) => setStatus(Number(option!.key))}
        />
      )}
      <DialogFooter>
        <PrimaryButton text={rowWords(isActivated ? 'activate' : 'deactivate')} onClick={() => done(status)} />
        <DefaultButton text={shellWords('cancel')} onClick={() => done()} />
      </DialogFooter>
    </Dialog>
  );
}

/** Status reasons of a state. */
export const statusReasons = (table: Table, state: number): readonly ChoiceOption[] =>
  (table.columns.get('statuscode')?.options ?? []).filter((one) => one.state === state);
