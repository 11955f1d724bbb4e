import { ActionButton, MessageBar, MessageBarButton, MessageBarType, Shimmer, TextField, type ITheme, ThemeProvider } from '@fluentui/react';
import * as React from 'react';
import type { AddressGeneration } from '../shared/address-generation';
import { fill } from '../shared/odata-text';
import { differs, parts, validate, type Address, type Addresses, type Kind, type Part } from './model';

/** What is known of finance and operations. */
export type Held =
  | { readonly kind: 'loading' | 'noCompany' | 'notFound' | 'noPermission' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'read'; readonly addresses: Addresses };

export interface AddressEditorProps {
  readonly addresses: Addresses;
  readonly saved: Addresses;
  readonly held: Held;
  readonly generation: AddressGeneration;
  readonly isDisabled: boolean;
  readonly isMasked: boolean;
  readonly isRightToLeft: boolean;
  readonly maxLengths: Readonly<Partial<Record<Part, number>>>;
  readonly theme: Partial<ITheme> | undefined;
  text(key: string): string;
  onChange(kind: Kind, address: Address): void;
  onRetry(): void;
}

const generations = { A: 'generationA', B: 'generationB', unknown: 'generationUnknown' } as const;

/** Billing and shipping side by side, each field beside what finance and operations holds. */
export function AddressEditor(props: AddressEditorProps): React.ReactElement {
  const { addresses, saved, held, generation, isDisabled, isMasked, isRightToLeft, theme, text, onChange } = props;
  const isChanged = JSON.stringify(addresses) !== JSON.stringify(saved);
  const undo = () => (['shipping', 'billing'] as const).forEach((kind) => onChange(kind, saved[kind]));
  return (
    <ThemeProvider theme={theme} applyTo="none">
      <div dir={isRightToLeft ? 'rtl' : 'ltr'} data-control="FnO.AddressEditor">
        <HeldBar {...props} />
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
          <Card kind="shipping" {...props} />
          <Card kind="billing" {...props} />
        </div>
        {!isDisabled && !isMasked && (
          <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBlockStart: 8 }}>
            <ActionButton iconProps={{ iconName: 'Copy' }} onClick={() => onChange('billing', addresses.shipping)}>
              {text('copy')}
            </ActionButton>
            <ActionButton iconProps={{ iconName: 'Undo' }} disabled={!isChanged} onClick={undo}>
              {text('undo')}
            </ActionButton>
          </div>
        )}
        <p style={{ margin: '8px 0 0', fontSize: 12, opacity: 0.8 }}>{text(generations[generation])}</p>
        <div role="status" aria-live="polite" style={hiddenStyle}>
          {held.kind === 'loading' ? text('loading') : ''}
        </div>
      </div>
    </ThemeProvider>
  );
}

const hiddenStyle: React.CSSProperties = { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clip: 'rect(0 0 0 0)', whiteSpace: 'nowrap' };

function HeldBar({ held, text, onRetry }: AddressEditorProps): React.ReactElement | null {
  if (held.kind === 'read' || held.kind === 'loading') return null;
  if (held.kind !== 'failed') return <MessageBar messageBarType={MessageBarType.info}>{text(held.kind)}</MessageBar>;
  return (
    <MessageBar messageBarType={MessageBarType.error} actions={<MessageBarButton onClick={onRetry}>{text('retry')}</MessageBarButton>}>
      {fill(text('failed'), held.message)}
    </MessageBar>
  );
}

function Card({ kind, ...props }: AddressEditorProps & { readonly kind: Kind }): React.ReactElement {
  const { text, held, addresses } = props;
  const there = held.kind === 'read' ? held.addresses[kind] : undefined;
  const isSame = there !== undefined && parts.every((part) => !differs(part, addresses[kind][part], there[part]));
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, flex: '1 1 260px', minWidth: 0 }}>
      <legend style={{ fontWeight: 600, fontSize: 14, padding: 0, marginBlockEnd: 4 }}>{text(kind)}</legend>
      {held.kind === 'loading' ? <Shimmer width="60%" /> : <p style={{ margin: 0, fontSize: 12, minHeight: 16 }}>{isSame ? text('same') : ''}</p>}
      {parts.map((part) => (
        <Field key={part} kind={kind} part={part} there={there?.[part]} {...props} />
      ))}
    </fieldset>
  );
}

interface FieldProps extends AddressEditorProps {
  readonly kind: Kind;
  readonly part: Part;
  readonly there: string | undefined;
}

/** One field; it tells the form when it is left, not at every key. */
function Field({ kind, part, there, addresses, isDisabled, isMasked, maxLengths, text, onChange }: FieldProps): React.ReactElement {
  const value = addresses[kind][part];
  const [typed, setTyped] = React.useState(value);
  React.useEffect(() => setTyped(value), [value]);
  const current = { ...addresses[kind], [part]: typed };
  const error = validate(part, current, maxLengths[part]);
  const isOther = there !== undefined && differs(part, typed, there);
  const leave = () => {
    if (typed !== value) onChange(kind, current);
  };
  return (
    <TextField
      label={text(`field${part}`)}
      ariaLabel={`${text(kind)}: ${text(`field${part}`)}`}
      value={isMasked ? '********' : typed}
      multiline={part === 'Street'}
      rows={2}
      resizable={false}
      readOnly={isDisabled || isMasked}
      errorMessage={error === undefined ? undefined : fill(text(error.key), error.argument)}
      description={isOther && !isMasked ? fill(text('held'), there === '' ? text('empty') : there) : undefined}
      onChange={(_event, next) => setTyped(next ?? '')}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Enter' && part !== 'Street' && leave()}
    />
  );
}
