import * as React from 'react';
import { IconButton, Link, TagPicker, type IBasePickerSuggestionsProps, type ITag } from '@fluentui/react';
import { searchRows, type FoundRow } from '../../list/search-rows';
import { linkTo } from '../../shell/navigation';
import { readPlace } from '../../shell/place';
import type { LookupValue } from '../form-model';
import type { FieldProps } from './field-props';
import { formWords } from '../../language/words/form';
import { listWords } from '../../language/words/list';

type RowTag = ITag & { readonly row: FoundRow };

const suggestions = (): IBasePickerSuggestionsProps => ({
  suggestionsHeaderText: formWords('allRecords'),
  noResultsFoundText: formWords('noRecords'),
  loadingText: formWords('searching'),
  searchingText: formWords('searching'),
});

/** One row of another table: its name as a link, or a search by name. */
export function LookupField({ attribute, id, label, error, onEdit }: FieldProps): React.ReactElement {
  const [value] = (attribute.value ?? []) as readonly LookupValue[];
  const { targets } = attribute.column;
  const find = async (text: string): Promise<RowTag[]> =>
    (await searchRows(targets, text)).map((row) => ({ key: row.id, name: row.name, row }));
  return (
    <div>
      {value === undefined ? (
        <TagPicker
          onResolveSuggestions={(text) => find(text)}
          onEmptyResolveSuggestions={() => find('')}
          pickerSuggestionsProps={suggestions()}
          resolveDelay={300}
          selectedItems={[]}
          inputProps={{ id, 'aria-label': formWords('lookup', label), placeholder: '---' }}
          styles={{
            text: { background: 'var(--field)', border: '1px solid transparent', borderRadius: 4, minWidth: 0 },
          }}
          onRenderSuggestionsItem={(tag) => <Suggestion row={(tag as RowTag).row} isOneOfMany={targets.length > 1} />}
          onItemSelected={(tag) => {
            const { id: rowId, table, name } = (tag as RowTag).row;
            onEdit([{ id: rowId, entityType: table, name }]);
            return null;
          }}
        />
      ) : (
        <div className="lookup-value">
          <LookupLink value={value} id={id} />
          <IconButton
            iconProps={{ iconName: 'Cancel' }}
            ariaLabel={formWords('deleteFrom', value.name, label)}
            title={listWords('remove')}
            styles={{ root: { height: 24, width: 24 } }}
            onClick={() => onEdit(null)}
          />
        </div>
      )}
      {error !== '' && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

/** The name of a row, leading to it. */
export function LookupLink({ value, id }: { readonly value: LookupValue; readonly id?: string }): React.ReactElement {
  const place = readPlace(new URL(location.href));
  const app = 'app' in place ? place.app : '';
  return (
    <Link id={id} {...linkTo({ kind: 'record', app, table: value.entityType, id: value.id })}>
      {value.name}
    </Link>
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
