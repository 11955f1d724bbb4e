import * as React from 'react';
import { Dropdown, MessageBar, MessageBarType, PrimaryButton, TextField, type IDropdownOption } from '@fluentui/react';
import { centreWords } from '../language/words/centre';
import { runCommand, type Command, type Parameter } from '../web-api/finance-operations';
import type { Act } from './centre-page';

type Values = Readonly<Record<string, string>>;
type Told =
  | { readonly is: 'done'; readonly what: Readonly<Record<string, unknown>> }
  | { readonly is: 'refused'; readonly why: string };

/** Commands that a page has no form for: their parameters are lists. */
const hasForm = ({ parameters }: Command) => parameters.every(({ kind }) => kind !== 'texts');

/** One command at a time, with a form for what it needs; what was filled in stays for the next. */
export function CommandForm({
  commands,
  act,
}: {
  readonly commands: readonly Command[];
  readonly act: Act;
}): React.ReactElement {
  const shown = commands.filter(hasForm);
  const [name, setName] = React.useState(shown[0]?.name ?? '');
  const [values, setValues] = React.useState<Values>({});
  const [told, setTold] = React.useState<Told>();
  const [isRunning, setRunning] = React.useState(false);
  const command = shown.find((one) => one.name === name);
  if (command === undefined) return <></>;
  const missing = command.parameters.some((one) => one.isRequired === true && (values[one.name] ?? '') === '');
  async function run(): Promise<void> {
    setRunning(true);
    try {
      setTold({ is: 'done', what: await runCommand(name, given(command!, values)) });
    } catch (error) {
      setTold({ is: 'refused', why: (error as Error).message });
    } finally {
      setRunning(false);
    }
  }
  return (
    <div className="card centre-card">
      <h1 className="page-name">{centreWords('financeOperations')}</h1>
      <Dropdown
        label={centreWords('doThis')}
        selectedKey={name}
        options={shown.map((one): IDropdownOption => ({ key: one.name, text: one.label }))}
        onChange={(_event, option) => {
          setName(String(option?.key));
          setTold(undefined);
        }}
      />
      <form
        className="command-form"
        aria-label={command.label}
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing && !isRunning) act(run);
        }}
      >
        {command.parameters.map((parameter) => (
          <Field
            key={parameter.name}
            parameter={parameter}
            value={values[parameter.name] ?? ''}
            onChange={(value) => setValues({ ...values, [parameter.name]: value })}
          />
        ))}
        <PrimaryButton type="submit" text={command.label} disabled={missing || isRunning} />
      </form>
      {told !== undefined && <Outcome told={told} />}
    </div>
  );
}

/** What was filled in, as the command takes it. */
const given = ({ parameters }: Command, values: Values) =>
  Object.fromEntries(
    parameters.flatMap(({ name, kind }) => {
      const value = values[name]?.trim() ?? '';
      if (value === '') return [];
      return [[name, kind === 'yesNo' ? value === 'Yes' : value]];
    }),
  );

const yesNo = () => [
  { key: 'Yes', text: centreWords('yes') },
  { key: 'No', text: centreWords('no') },
];

interface FieldProps {
  readonly parameter: Parameter;
  readonly value: string;
  onChange(value: string): void;
}

function Field({ parameter, value, onChange }: FieldProps): React.ReactElement {
  const { label, kind, choices, isRequired = false } = parameter;
  if (kind === 'choice' || kind === 'yesNo') {
    const options = kind === 'yesNo' ? yesNo() : (choices ?? []).map((one) => ({ key: one, text: one }));
    return (
      <Dropdown
        label={label}
        required={isRequired}
        selectedKey={value === '' ? null : value}
        options={isRequired ? options : [{ key: '', text: '' }, ...options]}
        onChange={(_event, option) => onChange(String(option?.key ?? ''))}
      />
    );
  }
  return (
    <TextField
      label={label}
      required={isRequired}
      value={value}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'amount' ? 'decimal' : 'text'}
      onChange={(_event, text = '') => onChange(text)}
    />
  );
}

function Outcome({ told }: { readonly told: Told }): React.ReactElement {
  if (told.is === 'refused') return <MessageBar messageBarType={MessageBarType.error}>{told.why}</MessageBar>;
  const facts = Object.entries(told.what).filter(([name]) => name !== 'done');
  return (
    <MessageBar messageBarType={MessageBarType.success} role="status">
      {centreWords('done')}{' '}
      {facts
        .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
        .join(', ')}
    </MessageBar>
  );
}
