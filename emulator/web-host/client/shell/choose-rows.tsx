import * as React from 'react';
import { DefaultButton, Dialog, DialogFooter, DialogType, IconButton, PrimaryButton } from '@fluentui/react';
import type { LookupValue } from '../form/form-model';
import { RowPicker } from '../form/fields/row-picker';
import { formWords } from '../language/words/form';
import { shellWords } from '../language/words/shell';
import type { LookupFilter } from '../list/search-rows';
import { showDialog } from './custom-dialogs';

export interface LookupOptions {
  readonly entityTypes?: readonly string[];
  readonly defaultEntityType?: string;
  readonly allowMultiSelect?: boolean;
  readonly filters?: readonly { readonly entityLogicalName: string; readonly filterXml: string }[];
}

/** Lets the user choose rows of some tables: `Xrm.Utility.lookupObjects`. @returns none when nothing is chosen */
export async function chooseRows(options: LookupOptions): Promise<readonly LookupValue[]> {
  return (await showDialog<readonly LookupValue[]>((done) => <ChooseRows options={options} done={done} />)) ?? [];
}

interface ChooseRowsProps {
  readonly options: LookupOptions;
  done(rows?: readonly LookupValue[]): void;
}

function ChooseRows({ options, done }: ChooseRowsProps): React.ReactElement {
  const [rows, setRows] = React.useState<readonly LookupValue[]>([]);
  const { entityTypes, defaultEntityType, allowMultiSelect = false, filters = [] } = options;
  const targets = entityTypes ?? (defaultEntityType === undefined ? [] : [defaultEntityType]);
  const asked: readonly LookupFilter[] = filters.map(({ entityLogicalName, filterXml }) => ({
    table: entityLogicalName,
    filterXml,
  }));
  return (
    <Dialog
      hidden={false}
      minWidth={440}
      onDismiss={() => done()}
      dialogContentProps={{ type: DialogType.normal, title: formWords('lookUpRecords') }}
    >
      {rows.map((row) => (
        <div key={row.id} className="lookup-value">
          <span>{row.name}</span>
          <IconButton
            iconProps={{ iconName: 'Cancel' }}
            ariaLabel={formWords('deleteFrom', row.name, formWords('lookUpRecords'))}
            onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}
          />
        </div>
      ))}
      {(allowMultiSelect || rows.length === 0) && (
        <RowPicker
          id="choose-rows"
          label={formWords('lookUpRecords')}
          targets={targets}
          filters={() => asked}
          value={undefined}
          onChange={(row) => row !== undefined && setRows([...rows.filter(({ id }) => id !== row.id), row])}
        />
      )}
      <DialogFooter>
        <PrimaryButton text={formWords('add')} disabled={rows.length === 0} onClick={() => done(rows)} />
        <DefaultButton text={shellWords('cancel')} onClick={() => done()} />
      </DialogFooter>
    </Dialog>
  );
}
