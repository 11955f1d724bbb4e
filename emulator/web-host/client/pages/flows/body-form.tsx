import * as React from 'react';
import { Checkbox, Dropdown, TextField } from '@fluentui/react';
import { isRecord } from './content-view';

type Body = Readonly<Record<string, unknown>>;

/** One thing the trigger asks for. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly type: 'string' | 'number' | 'integer' | 'boolean';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
}

const plain = ['string', 'number', 'integer', 'boolean'];

/** What of a schema can be asked for field by field; empty where something cannot. */
export function formFields(schema: unknown): FormField[] {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return [];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const fields = Object.entries(schema['properties']).map(([name, part]): FormField | undefined => {
    const type = isRecord(part) ? String(part['type']) : '';
    if (!isRecord(part) || !plain.includes(type)) return undefined;
    return {
      name,
      label: typeof part['title'] === 'string' ? part['title'] : name,
      hint: typeof part['description'] === 'string' ? part['description'] : undefined,
      type: type as FormField['type'],
      choices: Array.isArray(part['enum']) ? part['enum'].map(String) : [],
      isRequired: required.includes(name),
    };
  });
  return fields.includes(undefined) ? [] : (fields as FormField[]);
}

interface FormProps {
  readonly fields: readonly FormField[];
  readonly body: Body;
  onChange(body: Body): void;
}

/** The body of a manual trigger, field by field. */
export function BodyForm({ fields, body, onChange }: FormProps): React.ReactElement {
  const set = (name: string, value: unknown) => {
    const { [name]: _before, ...others } = body;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return (
    <div className="body-form">
      {fields.map((field) => (
        <Field key={field.name} field={field} value={body[field.name]} onChange={(value) => set(field.name, value)} />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: FormField;
  readonly value: unknown;
  onChange(value: unknown): void;
}

function Field({ field, value, onChange }: FieldProps): React.ReactElement {
  const { label, hint, type, choices, isRequired } = field;
  if (type === 'boolean')
    return <Checkbox label={label} checked={value === true} onChange={(_event, is) => onChange(is === true)} />;
  if (choices.length > 0)
    return (
      <Dropdown
        label={label}
        required={isRequired}
        selectedKey={value === undefined ? null : String(value)}
        options={choices.map((key) => ({ key, text: key }))}
        onChange={(_event, option) => onChange(option?.key)}
      />
    );
  const isNumber = type === 'number' || type === 'integer';
  const take = (text: string) => {
    if (text === '') return onChange(undefined);
    return onChange(isNumber && !Number.isNaN(Number(text)) ? Number(text) : text);
  };
  return (
    <TextField
      label={label}
      description={hint}
      required={isRequired}
      inputMode={isNumber ? 'decimal' : undefined}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(_event, text = '') => take(text)}
    />
  );
}
