import * as React from 'react';
import {
  Dropdown,
  DropdownMenuItemType,
  IconButton,
  type IContextualMenuItem,
  type IDropdownOption,
} from '@fluentui/react';
import { listWords } from '../language/words/list';
import { shellWords } from '../language/words/shell';
import { ask, tell } from '../shell/dialogs';
import { useAsync } from '../shell/use-async';
import type { View } from '../web-api/apps';
import { readTable } from '../web-api/metadata';
import { may } from '../web-api/privileges';
import { askForNewView } from './new-view-dialog';
import { deleteView, saveAsNewView, saveView } from './personal-views';

interface ViewSelectorProps {
  readonly table: string;
  readonly views: readonly View[];
  readonly view: View;
  /** The query of the list as the user has ordered and narrowed it. */
  fetchXml(): string;
  onChoose(id: string): void;
  /** Views have come, changed or gone; this one is to be shown, or the first. */
  onChanged(view?: string): void;
}

/** The name of the view that is shown, which chooses among others, and what can be done with it. */
export function ViewSelector(props: ViewSelectorProps): React.ReactElement {
  const { view, views, onChoose } = props;
  const items = useViewCommands(props);
  return (
    <div className="view-selector">
      <h1 className="view-name">
        <Dropdown
          ariaLabel={listWords('selectView')}
          options={optionsOf(views)}
          selectedKey={view.id}
          dropdownWidth="auto"
          styles={{
            title: { border: 0, background: 'transparent', fontSize: 20, fontWeight: 600, height: 40, lineHeight: 38 },
            caretDownWrapper: { height: 40, lineHeight: 40 },
          }}
          onChange={(_event, option) => option !== undefined && onChoose(String(option.key))}
        />
      </h1>
      {items.length > 0 && (
        <IconButton
          iconProps={{ iconName: 'More' }}
          title={listWords('viewOptions')}
          ariaLabel={listWords('viewOptions')}
          menuProps={{ items }}
          styles={{ menuIcon: { display: 'none' } }}
        />
      )}
    </div>
  );
}

/** Two groups, once there is anything in the second. */
function optionsOf(views: readonly View[]): IDropdownOption[] {
  const options = (isPersonal: boolean) =>
    views.filter((one) => one.isPersonal === isPersonal).map(({ id, name }) => ({ key: id, text: name }));
  const header = (key: 'myViews' | 'systemViews') => ({
    key,
    text: listWords(key),
    itemType: DropdownMenuItemType.Header,
  });
  const personal = options(true);
  if (personal.length === 0) return options(false);
  return [header('myViews'), ...personal, header('systemViews'), ...options(false)];
}

/** What the user may do: making views is a privilege of its own. */
function useViewCommands({ table, view, fetchXml, onChanged }: ViewSelectorProps): IContextualMenuItem[] {
  const queries = useAsync(() => readTable('userquery'), '');
  if (queries.state !== 'done') return [];
  const run = (work: () => Promise<void>) =>
    void work().catch((error: Error) => tell(shellWords('error'), error.message));
  const command = (key: 'saveAsNewView' | 'saveView' | 'deleteView', icon: string, work: () => Promise<void>) => ({
    key,
    text: listWords(key),
    iconProps: { iconName: icon },
    onClick: () => run(work),
  });
  async function add(): Promise<void> {
    const given = await askForNewView(view.name);
    if (given !== undefined) onChanged(await saveAsNewView(table, view, fetchXml(), given));
  }
  async function save(): Promise<void> {
    await saveView(view, fetchXml());
    onChanged(view.id);
  }
  async function remove(): Promise<void> {
    const answers = [listWords('remove'), shellWords('cancel')];
    const answer = await ask(listWords('confirmDeletion'), listWords('confirmDeletionText', view.name), answers);
    if (answer !== 0) return;
    await deleteView(view);
    onChanged();
  }
  return [
    ...(may('Create', queries.value) ? [command('saveAsNewView', 'Save', add)] : []),
    ...(view.isPersonal && may('Write', queries.value) ? [command('saveView', 'Save', save)] : []),
    ...(view.isPersonal && may('Delete', queries.value) ? [command('deleteView', 'Delete', remove)] : []),
  ];
}
