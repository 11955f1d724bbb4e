import * as React from 'react';
import { Link } from '@fluentui/react';
import { linkTo } from '../../shell/navigation';
import { currentApp } from '../../shell/open-row';
import type { LookupValue } from '../form-model';
import type { FieldProps } from './field-props';
import { RowPicker } from './row-picker';

/** One row of another table: its name as a link, or a search by name. */
export function LookupField({ attribute, control, id, label, error, filters, onEdit }: FieldProps): React.ReactElement {
  const [value] = (attribute.value ?? []) as readonly LookupValue[];
  return (
    <div>
      <RowPicker
        id={id}
        label={label}
        targets={control.lookup.targets ?? attribute.column.targets}
        filters={filters}
        value={value}
        onChange={(row) => onEdit(row === undefined ? null : [row])}
        onRenderValue={(row) => <LookupLink value={row} id={id} />}
      />
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
  return (
    <Link id={id} {...linkTo({ kind: 'record', app: currentApp(), table: value.entityType, id: value.id })}>
      {value.name}
    </Link>
  );
}
