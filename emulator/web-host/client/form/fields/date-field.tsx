import * as React from 'react';
import { ComboBox, DatePicker } from '@fluentui/react';
import type { FieldProps } from './field-props';
import { comboStyles, textStyles } from './field-styles';
import { formWords } from '../../language/words/form';
import { formatDate, fromWallClock, toWallClock, userCulture } from '../../language/formats';
import { firstDayOfWeek, pickerStrings, readDate } from './date-picker';

const minutes = Array.from({ length: 48 }, (_, index) => index * 30);

/** A date, with its time where the column has one. Date-only columns hold no time zone: they are read and shown in UTC. */
export function DateField(props: FieldProps): React.ReactElement {
  const { attribute, id, label, error, onEdit } = props;
  const value = attribute.value as Date | null;
  const { isDateOnly } = attribute.column;
  const shown = value === null ? undefined : isDateOnly ? asLocal(value) : toWallClock(value);
  return (
    <div className="date-field">
      <DatePicker
        id={id}
        ariaLabel={label}
        placeholder="---"
        value={shown}
        allowTextInput
        formatDate={(date) => (date ? formatDate(asUtc(date)) : '')}
        parseDateFromString={readDate}
        strings={pickerStrings()}
        firstDayOfWeek={firstDayOfWeek()}
        textField={{ styles: textStyles, errorMessage: error }}
        onSelectDate={(date) => onEdit(date ? (isDateOnly ? asUtc(date) : withTimeOf(date, shown)) : null)}
      />
      {!isDateOnly && <TimeOf value={shown} label={label} onEdit={onEdit} />}
    </div>
  );
}

function TimeOf({
  value,
  label,
  onEdit,
}: {
  readonly value: Date | undefined;
  readonly label: string;
  onEdit(value: Date): void;
}) {
  const text = (date: Date) => date.toLocaleTimeString(userCulture(), { hour: '2-digit', minute: '2-digit' });
  const at = (minute: number) => new Date(2000, 0, 1, 0, minute);
  return (
    <ComboBox
      ariaLabel={formWords('time', label)}
      disabled={value === undefined}
      allowFreeform
      text={value === undefined ? '' : text(value)}
      options={minutes.map((minute) => ({ key: minute, text: text(at(minute)) }))}
      styles={comboStyles}
      onChange={(_event, option, _index, typed) => {
        const [hours, rest] = option !== undefined ? [0, Number(option.key)] : readTime(typed ?? '');
        if (value === undefined || hours === undefined || rest === undefined) return;
        onEdit(fromWallClock(new Date(value.getFullYear(), value.getMonth(), value.getDate(), hours, rest)));
      }}
    />
  );
}

function readTime(text: string): [number, number] | [] {
  const [, hours, minute, half] = /^\s*(\d{1,2})[:.](\d{2})\s*([ap]m?)?\s*$/i.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minute) > 59) return [];
  const afternoon = half?.toLowerCase().startsWith('p') && Number(hours) < 12 ? 12 : 0;
  return [Number(hours) + afternoon, Number(minute)];
}

const asLocal = (date: Date) => new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
const asUtc = (date: Date) => new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));

function withTimeOf(date: Date, old: Date | undefined): Date {
  return fromWallClock(
    new Date(date.getFullYear(), date.getMonth(), date.getDate(), old?.getHours() ?? 8, old?.getMinutes() ?? 0),
  );
}
