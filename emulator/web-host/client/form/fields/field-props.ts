import type { Attribute, ControlState, Value } from '../form-model';
import type { LookupFilter } from '../../list/search-rows';

/** What every editor of a column gets. */
export interface FieldProps {
  readonly attribute: Attribute;
  readonly id: string;
  readonly label: string;
  readonly control: ControlState;
  /** Text of an error at the field; empty for none. */
  readonly error: string;
  /** Filters scripts add to a lookup, asked for before each search. */
  filters?(): readonly LookupFilter[];
  onEdit(value: Value): void;
}
