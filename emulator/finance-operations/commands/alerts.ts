import {
  alertEvents,
  deleteRule,
  processChanges,
  processDueDates,
  saveRule,
  type AlertEvent,
} from '../alerts/alerts.ts';
import { entities } from '../entities/index.ts';
import { faults } from '../faults.ts';
import type { Command } from './command.ts';

const jobs = ['Change based', 'Due date'] as const;

export const alertCommands: readonly Command[] = [
  {
    name: 'create-alert-rule',
    label: 'Create an alert rule',
    parameters: [
      { name: 'name', label: 'Name', kind: 'text', isRequired: true },
      { name: 'entity', label: 'Data entity', kind: 'text', isRequired: true },
      { name: 'event', label: 'Event', kind: 'choice', choices: alertEvents, isRequired: true },
      { name: 'field', label: 'Field', kind: 'text' },
      { name: 'days', label: 'Days before it is due', kind: 'amount' },
      { name: 'company', label: 'Legal entity', kind: 'company' },
      { name: 'sendExternally', label: 'Send externally', kind: 'yesNo' },
    ],
    run({ values, store }) {
      const set = values.text('entity');
      const entity = entities.find((one) => one.set === set);
      if (entity === undefined) throw faults.badCommand(`There is no data entity '${set}'. Name its public set.`);
      const event = values.text('event') as AlertEvent;
      const field = entity.fields.get(values.text('field'));
      const isDate = field?.type === 'date' || field?.type === 'utcDateTime';
      if (event === 'Due' ? !isDate : event === 'Changed' && field === undefined)
        throw faults.badCommand(`The event '${event}' needs a ${event === 'Due' ? 'date' : 'field'} of '${set}'.`);
      const company = values.text('company');
      if (company !== '' && !entity.isCompanyBound)
        throw faults.badCommand(`'${set}' has no legal entities: leave company out.`);
      const days = Math.max(0, Math.trunc(values.optionalNumber('days') ?? 0));
      const sendExternally = values.isTrue('sendExternally', true);
      const rule = { name: values.text('name'), entity: entity.name, event, field: field?.name ?? '' };
      saveRule({ ...rule, days, company, sendExternally }, store);
    },
  },
  {
    name: 'delete-alert-rule',
    label: 'Delete an alert rule',
    parameters: [{ name: 'name', label: 'Name', kind: 'text', isRequired: true }],
    run({ values, store }) {
      if (!deleteRule(values.text('name'), store))
        throw faults.badCommand(`There is no alert rule '${values.text('name')}'.`);
    },
  },
  {
    name: 'process-alerts',
    label: 'Process alerts',
    parameters: [{ name: 'job', label: 'Batch job', kind: 'choice', choices: jobs, isRequired: true }],
    run({ values, store, work }) {
      const isDue = values.text('job') === 'Due date';
      return { sent: isDue ? processDueDates(entities, store, work) : processChanges(store, work) };
    },
  },
];
