import * as React from 'react';
import { CommandButton, Persona, PersonaSize } from '@fluentui/react';
import type { MainForm } from '../pages/open-form';
import { go } from '../shell/navigation';
import type { App } from '../web-api/apps';
import { isEmptyValue, textOfValue } from './display-value';
import { LookupLink } from './fields/lookup-field';
import type { LookupValue } from './form-model';
import type { FormSession } from './form-session';
import type { FormCell } from './form-xml';
import { formWords } from '../language/words/form';

interface FormHeaderProps {
  readonly session: FormSession;
  readonly app: App;
  readonly form: MainForm | undefined;
  readonly forms: readonly MainForm[];
  readonly children: React.ReactNode;
}

/** What row this is, whether it is saved, its most important columns, and the tabs. */
export function FormHeader({ session, app, form, forms, children }: FormHeaderProps): React.ReactElement {
  const { model, table, definition } = session;
  const standing = formWords(model.isSaving ? 'saving' : model.isDirty || model.id === '' ? 'unsaved' : 'saved');
  return (
    <div className="card form-header">
      <div className="form-title">
        <div className="form-name">
          <Persona text={model.title} size={PersonaSize.size40} hidePersonaDetails />
          <div>
            <h1>
              {model.title} <span className="standing" role="status">{`- ${standing}`}</span>
            </h1>
            <div className="sub">
              {model.tableLabel ?? table.label}
              {form !== undefined && forms.length > 1 && (
                <>
                  {' · '}
                  <FormChoice session={session} app={app} form={form} forms={forms} />
                </>
              )}
            </div>
          </div>
        </div>
        <div className="header-fields">
          {(model.header.body ? definition.header : []).map((cell) => (
            <HeaderField key={cell.id} session={session} cell={cell} />
          ))}
        </div>
      </div>
      {children}
    </div>
  );
}

function FormChoice({
  session,
  app,
  form,
  forms,
}: Omit<FormHeaderProps, 'children' | 'form'> & { readonly form: MainForm }) {
  const { model, table } = session;
  return (
    <CommandButton
      className="form-choice"
      ariaLabel={formWords('form', form.name)}
      text={form.name}
      menuProps={{
        items: forms.map((one) => ({
          key: one.id,
          text: one.name,
          canCheck: true,
          checked: one.id === form.id,
          onClick: () =>
            void go({ kind: 'record', app: app.id, table: table.name, id: model.id || undefined, form: one.id }),
        })),
      }}
    />
  );
}

function HeaderField({ session, cell }: { readonly session: FormSession; readonly cell: FormCell }) {
  const attribute = session.model.attributes.get(cell.column ?? '');
  if (attribute === undefined) return null;
  const { value, column } = attribute;
  return (
    <div className="header-field">
      <div className="value">
        {column.targets.length > 0 && !isEmptyValue(value) ? (
          <LookupLink value={(value as readonly LookupValue[])[0]!} />
        ) : (
          textOfValue(attribute)
        )}
      </div>
      <div className="label">{cell.label || column.label}</div>
    </div>
  );
}
