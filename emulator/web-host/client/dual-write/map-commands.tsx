import * as React from 'react';
import { type ICommandBarItemProps } from '@fluentui/react';
import { Commands } from '../shell/commands';
import { ask } from '../shell/dialogs';
import { actOnMap, type MapDetails, type MapStatus, type TableMap } from '../web-api/dual-write';
import type { Act } from '../pages/centre-page';
import { RunDialog } from './run-dialog';

interface CommandsProps {
  /** Undefined while none is selected. */
  readonly map: TableMap | MapDetails | undefined;
  readonly act: Act;
}

const isFailedSync = (map: TableMap | MapDetails) => {
  const last = 'runs' in map ? map.runs[0] : map.initialSync;
  return map.status === 'Initializing' && last?.status === 'Completed with errors';
};

async function stop(map: TableMap | MapDetails): Promise<void> {
  const text = `Changes are no longer carried between ${map.financeOperations} and ${map.dataverse}.`;
  if ((await ask(`Stop ${map.name}?`, text, ['Stop', 'Cancel'])) === 0) await actOnMap(map.name, 'stop');
}

/** What may be done with a map in its status: Run, Pause, Stop, and what an initial sync with errors waits for. */
export function MapCommands({ map, act }: CommandsProps): React.ReactElement {
  const [isRunOpen, setRunOpen] = React.useState(false);
  const has = (...statuses: MapStatus[]) => map !== undefined && statuses.includes(map.status);
  const run = (verb: string, given: object = {}) => act(() => actOnMap(map!.name, verb, given));
  const items: ICommandBarItemProps[] = [
    {
      key: 'run',
      text: 'Run',
      iconProps: { iconName: 'Play' },
      disabled: !has('Not running', 'Paused'),
      onClick: () => (has('Paused') ? run('resume') : setRunOpen(true)),
    },
    {
      key: 'pause',
      text: 'Pause',
      iconProps: { iconName: 'Pause' },
      disabled: !has('Running'),
      onClick: () => run('pause'),
    },
    {
      key: 'stop',
      text: 'Stop',
      iconProps: { iconName: 'Stop' },
      disabled: !has('Running'),
      onClick: () => act(() => stop(map!)),
    },
  ];
  if (map !== undefined && isFailedSync(map))
    items.push(
      { key: 're-run', text: 'Re-run execution', onClick: () => run('re-run') },
      { key: 'without', text: 'Rerun execution without errors', onClick: () => run('re-run', { withoutErrors: true }) },
      { key: 'skip', text: 'Skip initial sync', onClick: () => run('skip-initial-write') },
    );
  return (
    <>
      <Commands ariaLabel="Table map commands" items={items} />
      {isRunOpen && map !== undefined && (
        <RunDialog
          map={map}
          onClose={() => setRunOpen(false)}
          onRun={(given) => {
            setRunOpen(false);
            run('start', given);
          }}
        />
      )}
    </>
  );
}
