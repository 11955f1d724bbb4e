import type { Attribute, Value } from '../form-model';

/** What every editor of a column gets. */
export interface FieldProps {
  readonly attribute: Attribute;
  readonly id: string;
  readonly label: string;
  /** Text of an error at the field; empty for none. */
  readonly error: string;
  onEdit(value: Value): void;
}
