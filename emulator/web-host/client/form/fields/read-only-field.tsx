import * as React from 'react';
import { Icon } from '@fluentui/react';
import { isEmptyValue, textOfValue } from '../display-value';
import type { Attribute, LookupValue } from '../form-model';
import { LookupLink } from './lookup-field';
import { formWords } from '../../language/words/form';

export function ReadOnlyField({
  attribute,
  id,
  error,
}: {
  readonly attribute: Attribute;
  readonly id?: string;
  readonly error: string;
}) {
  const { value, column } = attribute;
  return (
    <div className="readonly" id={id}>
      <Icon iconName="Lock" className="lock" aria-label={formWords('readOnly')} />
      {column.targets.length > 0 && !isEmptyValue(value) ? (
        <LookupLink value={(value as readonly LookupValue[])[0]!} />
      ) : (
        <span className="pre">{textOfValue(attribute)}</span>
      )}
      {error !== '' && (
        <div className="field-error" role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
