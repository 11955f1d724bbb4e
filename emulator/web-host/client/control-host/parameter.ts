import type { FormModel } from '../form/form-model';
import type { ControlDescription } from '../form/form-xml';
import { formattedKey } from '../web-api/web-api';
import type { ControlProperty } from './load-control';

/** A property as a control gets it: the column it is bound to, or what the maker set. */
export function parameterFor(
  { name, type, defaultValue }: ControlProperty,
  { parameters }: ControlDescription,
  model: FormModel | undefined,
): object {
  const bound = parameters.get(name);
  if (bound === undefined || bound.isStatic || model === undefined) {
    const text = bound?.value ?? defaultValue;
    return {
      raw: text === undefined ? null : valueOf(text, type),
      type,
      formatted: text,
      error: false,
      errorMessage: '',
    };
  }
  const attribute = model.attributes.get(bound.value);
  const raw = attribute?.value ?? null;
  const lookup = Array.isArray(raw) ? raw[0]?.name : undefined;
  const errorMessage = errorsAt(bound.value, model);
  return {
    raw,
    type,
    formatted: lookup ?? String(model.row[formattedKey(bound.value)] ?? raw ?? ''),
    error: errorMessage !== '',
    errorMessage,
    attributes:
      attribute === undefined
        ? undefined
        : {
            DisplayName: attribute.column.label,
            LogicalName: bound.value,
            RequiredLevel: attribute.column.isRequired ? 2 : 0,
            IsSecured: false,
            MaxLength: attribute.column.maxLength,
          },
    security: { readable: true, editable: attribute?.column.validForUpdate ?? true, secured: false },
  };
}

/** What the maker wrote, as a value of the property's type. */
function valueOf(text: string, type: string): string | number | boolean {
  if (type === 'TwoOptions') return text === 'true' || text === '1';
  return /^(Whole\.None|Decimal|FP|Currency)$/.test(type) ? Number(text) : text;
}

/** What scripts have set at the controls of a column. */
function errorsAt(column: string, model: FormModel): string {
  const controls = [...model.controls.values()].filter((one) => one.column === column);
  return controls.flatMap(({ notifications }) => [...notifications.values()].map(({ text }) => text)).join('\n');
}
