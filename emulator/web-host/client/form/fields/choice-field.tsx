import * as React from 'react';
import { Dropdown, type IDropdownOption } from '@fluentui/react';
import type { FieldProps } from './field-props';
import { dropdownStyles } from './field-styles';

const none = '';

/** Choices, and yes/no as a choice of two. */
export function ChoiceField({ attribute, control, id, label, error, onEdit }: FieldProps): React.ReactElement {
  const { column, value, required } = attribute;
  const isYesNo = column.type === 'Boolean';
  const options: IDropdownOption[] = (control.options ?? column.options).map((one) => ({
    key: String(one.value),
    text: one.label,
  }));
  const key = value === null ? none : isYesNo ? (value === true ? '1' : '0') : String(value);
  return (
    <Dropdown
      id={id}
      ariaLabel={label}
      placeholder="---"
      options={required === 'required' || isYesNo ? options : [{ key: none, text: '---' }, ...options]}
      selectedKey={key}
      errorMessage={error === '' ? undefined : error}
      styles={dropdownStyles}
      onChange={(_event, option) => {
        if (option === undefined || option.key === key) return;
        if (option.key === none) onEdit(null);
        else onEdit(isYesNo ? option.key === '1' : Number(option.key));
      }}
    />
  );
}
