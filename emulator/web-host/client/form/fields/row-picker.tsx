import * as React from 'react';
import { IconButton, TagPicker, type IBasePickerSuggestionsProps, type ITag } from '@fluentui/react';
import { formWords } from '../../language/words/form';
import { listWords } from '../../language/words/list';
import { searchRows, type FoundRow, type LookupFilter } from '../../list/search-rows';
import type { LookupValue } from '../form-model';

type RowTag = ITag & { readonly row: FoundRow };

const suggestions = (): IBasePickerSuggestionsProps => ({
  suggestionsHeaderText: formWords('allRecords'),
  noResultsFoundText: formWords('noRecords'),
  loadingText: formWords('searching'),
  searchingText: formWords('searching'),
});

interface RowPickerProps {
  readonly id: string;
  readonly label: string;
  /** Tables whose rows can be chosen. */
  readonly targets: readonly string[];
  readonly value: LookupValue | undefined;
  filters?(): readonly LookupFilter[];
  onChange(value: LookupValue | undefined): void;
  /** How a chosen row is shown; by its name unless said otherwise. */
  onRenderValue?(value: LookupValue): React.ReactNode;
}

/** One row of some tables, found by the beginning of its name. */
export function RowPicker(props: RowPickerProps): React.ReactElement {
  const {
    id,
    label,
    targets,
    value,
    filters,
    onChange,
    onRenderValue = ({ name }) => <span id={id}>{name}</span>,
  } = props;
  const find = async (text: string): Promise<RowTag[]> =>
    (await searchRows(targets, text, filters?.())).map((row) => ({ key: row.id, name: row.name, row }));
  if (value !== undefined)
    return (
      <div className="lookup-value">
        {onRenderValue(value)}
        <IconButton
          iconProps={{ iconName: 'Cancel' }}
          ariaLabel={formWords('deleteFrom', value.name, label)}
          title={listWords('remove')}
          styles={{ root: { height: 24, width: 24 } }}
          onClick={() => onChange(undefined)}
        />
      </div>
    );
  return (
    <TagPicker
      onResolveSuggestions={(text) => find(text)}
      onEmptyResolveSuggestions={() => find('')}
      pickerSuggestionsProps={suggestions()}
      resolveDelay={300}
      selectedItems={[]}
      inputProps={{ id, 'aria-label': formWords('lookup', label), placeholder: '---' }}
      styles={{ text: { background: 'var(--field)', border: '1px solid transparent', borderRadius: 4, minWidth: 0 } }}
      onRenderSuggestionsItem={(tag) => <Suggestion row={(tag as RowTag).row} isOneOfMany={targets.length > 1} />}
      onItemSelected={(tag) => {
        const { id: rowId, table, name } = (tag as RowTag).row;
        onChange({ id: rowId, entityType: table, name });
        return null;
      }}
    />
  );
}

function Suggestion({ row, isOneOfMany }: { readonly row: FoundRow; readonly isOneOfMany: boolean }) {
  return (
    <div className="suggestion">
      <span>{row.name}</span>
      {isOneOfMany && <span className="quiet">{row.tableLabel}</span>}
    </div>
  );
}
