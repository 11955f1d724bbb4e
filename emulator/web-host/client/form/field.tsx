import * as React from 'react';
import { CustomControl } from '../control-host/custom-control';
import { ChoiceField } from './fields/choice-field';
import { DateField } from './fields/date-field';
import type { FieldProps } from './fields/field-props';
import { LookupField } from './fields/lookup-field';
import { NumberField } from './fields/number-field';
import { ReadOnlyField } from './fields/read-only-field';
import { TextField } from './fields/text-field';
import type { FormSession } from './form-session';
import { placeClasses, type FormCell } from './form-xml';
import { Subgrid } from './subgrid';
import { formWords } from '../language/words/form';
import { FramePlace, WebResourcePlace } from './places/frame-place';
import { QuickView } from './places/quick-view';
import { Timeline } from './timeline/timeline';
import { Link } from '@fluentui/react';

interface CellProps {
  readonly session: FormSession;
  readonly cell: FormCell;
}

const editors: Readonly<Record<string, React.ComponentType<FieldProps>>> = {
  String: TextField,
  Memo: TextField,
  Integer: NumberField,
  BigInt: NumberField,
  Decimal: NumberField,
  Double: NumberField,
  Money: NumberField,
  Boolean: ChoiceField,
  Picklist: ChoiceField,
  DateTime: DateField,
  Lookup: LookupField,
  Customer: LookupField,
  Owner: LookupField,
};

/** What a form shows besides columns and grids, by the class of its control. */
const places: Readonly<Record<string, React.ComponentType<{ session: FormSession; cell: FormCell; label: string }>>> = {
  [placeClasses.timeline]: Timeline,
  [placeClasses.quickView]: QuickView,
  [placeClasses.webResource]: WebResourcePlace,
  [placeClasses.frame]: FramePlace,
};

/** A cell of a form: a custom control, a grid of related rows, or the editor of its column. */
export function Cell({ session, cell }: CellProps): React.ReactElement | null {
  const control = session.model.controls.get(cell.controlId);
  if (control === undefined || !control.isVisible) return null;
  const Place = places[cell.classId];
  if (Place !== undefined) return <Place session={session} cell={cell} label={control.label} />;
  if (cell.isSubgrid) return <Subgrid session={session} cell={cell} label={control.label} />;
  const attribute = session.model.attributes.get(cell.column ?? '');
  if (attribute === undefined) return <NotShown cell={cell} />;
  const { column } = attribute;
  const isWritable = session.model.id === '' ? column.validForCreate : column.validForUpdate;
  const isLocked = control.isDisabled || !isWritable || !session.isEditable;
  const description = session.definition.descriptions.get(cell.uniqueId ?? '');
  const told = [...control.notifications.values()];
  const error = [...told.map(({ text }) => text), ...(attribute.invalid ? [attribute.invalid] : [])].join('\n');
  if (description !== undefined)
    return (
      <div className="cell" data-control-id={cell.controlId}>
        {cell.showLabel && <div className="label">{control.label}</div>}
        <CustomControl
          model={session.model}
          description={description}
          label={control.label}
          isDisabled={isLocked}
          onChanged={(name) => session.changed(name)}
        />
      </div>
    );
  const Editor = isLocked ? undefined : editors[column.type];
  const id = `field-${cell.controlId}`;
  return (
    <div
      className={cell.showLabel ? 'cell field' : 'cell'}
      data-control-id={cell.controlId}
      onFocus={() => session.enteredControl(control)}
      onBlur={() => session.leftControl(control)}
    >
      {cell.showLabel && (
        <label htmlFor={id}>
          {control.label}
          {attribute.required === 'required' && (
            <span className="required" title={formWords('required')}>
              {' '}
              *
            </span>
          )}
        </label>
      )}
      {Editor === undefined ? (
        <ReadOnlyField attribute={attribute} id={id} error={error} />
      ) : (
        <Editor
          attribute={attribute}
          id={id}
          label={control.label}
          error={error}
          control={control}
          filters={() => session.filtersFor(control)}
          onEdit={(value) => session.edit(column.name, value)}
        />
      )}
      {told.flatMap(({ actions = [] }) => actions).length > 0 && (
        <div className="field-actions">
          {told.flatMap(({ actions = [] }) =>
            actions.map(({ label, run }) => (
              <Link key={label} onClick={run}>
                {label}
              </Link>
            )),
          )}
        </div>
      )}
    </div>
  );
}

/** What a form asks for that is not emulated keeps its place, by name. */
function NotShown({ cell }: { readonly cell: FormCell }): React.ReactElement {
  return <div className="cell quiet">{formWords('notShown', cell.label || cell.controlId, cell.classId)}</div>;
}
