import * as React from 'react';
import { ChoiceGroup, DefaultButton, Dialog, DialogFooter, DialogType, PrimaryButton } from '@fluentui/react';
import type { LookupValue } from '../form/form-model';
import { RowPicker } from '../form/fields/row-picker';
import { rowWords } from '../language/words/rows';
import { shellWords } from '../language/words/shell';
import { showDialog } from '../shell/custom-dialogs';
import { currentUser } from '../shell/users';
import type { Table } from '../web-api/metadata';
import { readSetName } from '../web-api/metadata';
import { changeRows, countOf } from './change-rows';

/** Asks to whom, then gives the rows to that user or team. @returns whether any was given */
export async function assignRows(table: Table, ids: readonly string[]): Promise<boolean> {
  const to = await showDialog<Pick<LookupValue, 'id' | 'entityType'>>((done) => (
    <AssignDialog table={table} ids={ids} done={done} />
  ));
  if (to === undefined) return false;
  const owner = `/${await readSetName(to.entityType)}(${to.id})`;
  return (await changeRows(table, ids, { 'ownerid@odata.bind': owner })) > 0;
}

interface AssignDialogProps {
  readonly table: Table;
  readonly ids: readonly string[];
  done(to?: Pick<LookupValue, 'id' | 'entityType'>): void;
}

function AssignDialog({ table, ids, done }: AssignDialogProps): React.ReactElement {
  const [isMe, setMe] = React.useState(true);
  const [other, setOther] = React.useState<LookupValue>();
  const [isMissing, setMissing] = React.useState(false);
  const assign = () => {
    if (isMe) done({ id: currentUser().id, entityType: 'systemuser' });
    else if (other === undefined) setMissing(true);
    else done(other);
  };
  return (
    <Dialog
      hidden={false}
      minWidth={440}
      onDismiss={() => done()}
      dialogContentProps={{
        type: DialogType.normal,
        title: rowWords('assignTitle', ids.length === 1 ? table.label : table.collectionLabel),
        subText: rowWords('assignText', ...countOf(table, ids)),
      }}
    >
      <ChoiceGroup
        label={rowWords('assignTo')}
        selectedKey={isMe ? 'me' : 'other'}
        options={[
          { key: 'me', text: rowWords('me') },
          { key: 'other', text: rowWords('userOrTeam') },
        ]}
        onChange={(_event, option) => setMe(option!.key === 'me')}
      />
      {!isMe && (
        <RowPicker
          id="assign-to"
          label={rowWords('userOrTeam')}
          targets={['systemuser', 'team']}
          value={other}
          onChange={setOther}
        />
      )}
      {isMissing && !isMe && other === undefined && (
        <div className="field-error" role="alert">
          {rowWords('noAssignee')}
        </div>
      )}
      <DialogFooter>
        <PrimaryButton text={rowWords('assign')} onClick={assign} />
        <DefaultButton text={shellWords('cancel')} onClick={() => done()} />
      </DialogFooter>
    </Dialog>
  );
}
