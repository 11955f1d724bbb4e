import * as React from 'react';
import { TextField, useTheme } from '@fluentui/react';
import type { FieldView } from './cards';
import { Mark } from './marks';
import type { Field } from './model';
import { fieldStyles, labelStyles, type Styles } from './styles';
import type { Text, TextKey } from './texts';
import { useDraft } from './use-draft';

export interface AddressFieldProps {
  readonly view: FieldView;
  readonly text: Text;
  readonly styles: Styles;
  readonly onEdit: (field: Field, value: string) => void;
}

const labels: Readonly<Record<Field, TextKey>> = {
  street: 'Street',
  city: 'City',
  state: 'State',
  postalCode: 'PostalCode',
  county: 'County',
  country: 'Country',
};

/** One column of an address: its value, what is wrong with it, and what the other side holds where that differs. */
export function AddressField({ view, text, styles, onEdit }: AddressFieldProps): React.ReactElement {
  const { field, value, isMasked, isReadOnly } = view;
  const theme = useTheme();
  const draft = useDraft(value, (typed) => onEdit(field, typed));
  const errors = errorsOf(view, text);
  return (
    <TextField
      className={field === 'street' ? styles.wide : undefined}
      label={text(labels[field])}
      ariaLabel={isMasked ? `${text(labels[field])}: ${text('Masked')}` : undefined}
      value={isMasked ? '•••••' : draft.text}
      multiline={field === 'street'}
      rows={field === 'street' ? 2 : undefined}
      resizable={false}
      readOnly={isReadOnly}
      autoComplete="off"
      dir="auto"
      errorMessage={errors.join(' ')}
      onChange={(_event, typed) => draft.type(typed ?? '')}
      onBlur={draft.finish}
      onKeyDown={(event) => finishesOn(event, field) && draft.finish()}
      onRenderDescription={
        view.heldText === undefined ? undefined : () => <Held held={view.heldText!} text={text} styles={styles} />
      }
      styles={{ ...fieldStyles(theme), subComponentStyles: { label: labelStyles } }}
    />
  );
}

/** Enter, and the keys that save a form: what stands in the field must be handed on before the host saves. */
function finishesOn(event: React.KeyboardEvent, field: Field): boolean {
  const isSave = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's';
  return isSave || (event.key === 'Enter' && field !== 'street');
}

const errorsOf = ({ error, problem }: FieldView, text: Text) =>
  [error, problem === undefined ? '' : text(problem.text, ...problem.values)].filter((line) => line !== '');

interface HeldProps {
  readonly held: string;
  readonly text: Text;
  readonly styles: Styles;
}

/** What finance and operations holds, where that differs. */
function Held({ held, text, styles }: HeldProps): React.ReactElement {
  return (
    <span className={styles.held}>
      <Mark of="differs" className={styles.differs} />
      <span className={styles.heldText}>{held.trim() === '' ? text('HeldEmpty') : text('HeldValue', held)}</span>
    </span>
  );
}
