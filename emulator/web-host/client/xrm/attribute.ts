import type { Attribute, FormModel, SubmitMode, Value } from '../form/form-model';
import type { Column } from '../web-api/metadata';
import { collection, removeHandler, type Handler } from './collection';
import { membersOf } from './members-of';

interface AttributeParts {
  readonly model: FormModel;
  /** Execution context of a change of this attribute. */
  contextOf(source: object): unknown;
  controlsOf(column: string): readonly object[];
  entity(): object;
}

/** Types of columns, as `getAttributeType` names them. */
const types: Readonly<Record<string, string>> = {
  BigInt: 'integer',
  Customer: 'lookup',
  Owner: 'lookup',
  PartyList: 'lookup',
  Picklist: 'optionset',
  State: 'optionset',
  Status: 'optionset',
  Uniqueidentifier: 'string',
  EntityName: 'string',
  MultiSelectPicklist: 'multiselectoptionset',
};

export const attributeType = ({ type, options }: Column): string =>
  types[type] ?? (type === 'Virtual' && options.length > 0 ? 'multiselectoptionset' : type.toLowerCase());

const formats: Readonly<Record<string, string>> = {
  dateonly: 'date',
  dateandtime: 'datetime',
  tickersymbol: 'tickersymbol',
};

function formatOf({ type, format }: Column): string | null {
  if (type === 'Memo') return 'textarea';
  const name = format.toLowerCase();
  return name === '' ? null : (formats[name] ?? name);
}

const optionOf = ({ value, label }: { value: number; label: string }) => ({ value, text: label });

/** A column of the row in the form, with the members of its type. */
export function attributeOf(name: string, attribute: Attribute, parts: AttributeParts): object {
  const { column } = attribute;
  const { model } = parts;
  const type = attributeType(column);
  const change = (apply: () => void) => {
    apply();
    model.changed();
  };
  const selected = () => {
    const values = Array.isArray(attribute.value) ? (attribute.value as unknown as number[]) : [attribute.value];
    return column.options.filter(({ value }) => values.includes(type === 'boolean' ? value === 1 : value));
  };
  const isMany = type === 'multiselectoptionset';
  const self: object = membersOf(`attribute '${name}'`, {
    getName: () => name,
    getValue: () => attribute.value,
    setValue: (value: Value) => model.setValue(name, value),
    getIsDirty: () => attribute.isDirty,
    getSubmitMode: () => attribute.submitMode,
    setSubmitMode: (mode: SubmitMode) => void (attribute.submitMode = mode),
    getRequiredLevel: () => attribute.required,
    setRequiredLevel: (level: Attribute['required']) => change(() => (attribute.required = level)),
    getAttributeType: () => type,
    getFormat: () => formatOf(column),
    getParent: () => parts.entity(),
    getUserPrivilege: () => ({ canRead: true, canUpdate: column.validForUpdate, canCreate: column.validForCreate }),
    addOnChange: (handler: Handler) => void attribute.onChange.push(handler),
    removeOnChange: (handler: Handler) => removeHandler(attribute.onChange, handler),
    fireOnChange: () => [...attribute.onChange].forEach((handler) => handler(parts.contextOf(self))),
    isValid: () => attribute.invalid === undefined,
    setIsValid: (isValid: boolean, message = '') => change(() => (attribute.invalid = isValid ? undefined : message)),
    controls: collection(() => parts.controlsOf(name)),
    ...(/^(decimal|double|integer|money)$/.test(type)
      ? {
          getMin: () => column.minValue ?? null,
          getMax: () => column.maxValue ?? null,
          getPrecision: () => attribute.precision ?? column.precision ?? 0,
          setPrecision: (precision: number) => change(() => (attribute.precision = precision)),
        }
      : {}),
    ...(/^(string|memo)$/.test(type) ? { getMaxLength: () => column.maxLength ?? null } : {}),
    ...(/^(boolean|optionset|multiselectoptionset)$/.test(type)
      ? {
          getInitialValue: () => attribute.initial,
          getOptions: () => column.options.map(optionOf),
          getOption: (which: number | string) =>
            column.options
              .filter((one) => one.value === which || one.label === which || String(one.value) === which)
              .map(optionOf)[0] ?? null,
          getSelectedOption: () => (isMany ? selected().map(optionOf) : (selected().map(optionOf)[0] ?? null)),
          getText: () => (isMany ? selected().map(({ label }) => label) : (selected()[0]?.label ?? '')),
        }
      : {}),
    ...(type === 'lookup' ? { getIsPartyList: () => column.type === 'PartyList' } : {}),
  });
  return self;
}
