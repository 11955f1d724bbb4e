import * as React from 'react';
import { Checkbox, DefaultButton, Dialog, DialogFooter, Dropdown, PrimaryButton } from '@fluentui/react';
import type { MapDetails, TableMap } from '../web-api/dual-write';

interface RunDialogProps {
  readonly map: TableMap | MapDetails;
  onRun(given: object): void;
  onClose(): void;
}

const masters = [
  { key: 'dataverse', text: 'Dataverse' },
  { key: 'finance-operations', text: 'Finance and operations apps' },
];

/** What is asked before a map is run: its version, whether rows that are there are copied, and whose values stand. */
export function RunDialog({ map, onRun, onClose }: RunDialogProps): React.ReactElement {
  const [version, setVersion] = React.useState(map.version);
  const [initialWrite, setInitialWrite] = React.useState(true);
  const [master, setMaster] = React.useState('dataverse');
  const [related, setRelated] = React.useState(true);
  return (
    <Dialog
      hidden={false}
      onDismiss={onClose}
      dialogContentProps={{ title: `Run ${map.name}`, closeButtonAriaLabel: 'Close' }}
      minWidth={420}
    >
      <Dropdown
        label="Version"
        selectedKey={version}
        options={map.versions.map((one) => ({ key: one.version, text: `${one.version} (${one.publisher})` }))}
        onChange={(_event, option) => setVersion(String(option?.key))}
      />
      <Checkbox
        className="dialog-check"
        label="Initial sync"
        checked={initialWrite}
        onChange={(_event, checked = false) => setInitialWrite(checked)}
      />
      <Dropdown
        label="Master for initial sync"
        disabled={!initialWrite}
        selectedKey={master}
        options={masters}
        onChange={(_event, option) => setMaster(String(option?.key))}
      />
      <Checkbox
        className="dialog-check"
        label="Run related table maps too"
        checked={related}
        onChange={(_event, checked = false) => setRelated(checked)}
      />
      <DialogFooter>
        <PrimaryButton
          text="Run"
          onClick={() => onRun({ version, related, initialWrite, ...(initialWrite ? { master } : {}) })}
        />
        <DefaultButton text="Cancel" onClick={onClose} />
      </DialogFooter>
    </Dialog>
  );
}
