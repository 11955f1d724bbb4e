import * as React from 'react';
import { TextField as Input } from '@fluentui/react';
import type { FieldProps } from './field-props';
import { textStyles } from './field-styles';

export function TextField({ attribute, id, label, error, onEdit }: FieldProps): React.ReactElement {
  const isMemo = attribute.column.type === 'Memo';
  return (
    <Input
      id={id}
      ariaLabel={label}
      value={(attribute.value as string | null) ?? ''}
      placeholder="---"
      maxLength={attribute.column.maxLength}
      multiline={isMemo}
      rows={isMemo ? 4 : undefined}
      autoAdjustHeight={isMemo}
      autoComplete="off"
      errorMessage={error}
      styles={textStyles}
      onChange={(_event, text = '') => onEdit(text === '' ? null : text)}
    />
  );
}
