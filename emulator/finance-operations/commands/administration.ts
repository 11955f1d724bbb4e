import { faults } from '../faults.ts';
import { listDataEntities } from '../entities/data-management-entities.ts';
import { rebuildCatalogue } from '../entities/business-event-entities.ts';
import { entities } from '../entities/index.ts';
import { priorities, setPriority, setUtilization, utilizations } from '../odata-service/priorities.ts';
import { switchConfiguration } from '../rules/configuration-keys.ts';
import { userTable } from '../entities/base-tables.ts';
import { eventDefinitionTable } from '../entities/dual-write-tables.ts';
import {
  listApplications,
  powerPlatformUser,
  registerApplication,
  removeApplication,
} from '../security/applications.ts';
import { scheduleSync } from '../metadata-sync.ts';
import type { Command } from './command.ts';

const clientId = { name: 'clientId', label: 'Client ID', kind: 'text', isRequired: true } as const;

export const deployCommand = 'deploy-package';
export const rebuildCommand = 'rebuild-business-events-catalog';

/** What an administrator sets up. */
export const administrationCommands: readonly Command[] = [
  {
    name: 'register-application',
    label: 'List a Microsoft Entra application',
    parameters: [
      clientId,
      { name: 'name', label: 'Name', kind: 'text', isRequired: true },
      { name: 'user', label: 'E-mail of its user', kind: 'text', isRequired: true },
    ],
    run({ values, store }) {
      const user = values.text('user');
      if (user !== powerPlatformUser && store.read(userTable, { Email: user.toLowerCase() }) === undefined)
        throw faults.badCommand(`There is no user '${user}' in finance and operations. Add it first.`);
      registerApplication({ clientId: values.text('clientId'), name: values.text('name'), user }, store);
      return { applications: listApplications(store) };
    },
  },
  {
    name: 'remove-application',
    label: 'Take a Microsoft Entra application off the list',
    parameters: [clientId],
    run({ values, store }) {
      if (!removeApplication(values.text('clientId'), store))
        throw faults.badCommand(
          `The application '${values.text('clientId')}' is not listed. Listed are ${
            listApplications(store)
              .map((one) => one.clientId)
              .join(', ') || 'none'
          }.`,
        );
      return { applications: listApplications(store) };
    },
  },
  {
    name: deployCommand,
    label: 'Deploy a package: batches refresh and create virtual tables',
    parameters: [{ name: 'autoCreate', label: 'Data entities with Dataverse.AutoCreate', kind: 'texts' }],
    run({ values, store }) {
      const wanted = values.texts('autoCreate');
      const unknown = wanted.find((name) => !entities.some((entity) => entity.name === name));
      if (unknown !== undefined) throw faults.badCommand(`There is no data entity '${unknown}'. Give AOT names.`);
      scheduleSync(wanted, store);
    },
  },
  {
    name: 'untrack-table',
    label: 'Take a table out of the tracking of a data entity (BusinessEventsDefinition)',
    parameters: [
      { name: 'dataEntity', label: 'AOT name of the data entity (RefEntityName)', kind: 'text', isRequired: true },
      { name: 'table', label: 'Table (RefTableName)', kind: 'text', isRequired: true },
      { name: 'field', label: 'Field with its RecId (RecIdFieldName); all when empty', kind: 'text' },
    ],
    run({ values, store }) {
      const [RefEntityName, RefTableName, field] = ['dataEntity', 'table', 'field'].map((name) => values.text(name));
      const all = store.find(eventDefinitionTable, { RefEntityName: RefEntityName! });
      const lines = all.filter(
        (one) => one['RefTableName'] === RefTableName && (!field || one['RecIdFieldName'] === field),
      );
      if (lines.length === 0)
        throw faults.badCommand(
          `'${RefTableName}' is not tracked for '${RefEntityName}'. Tracked are ${
            [...new Set(all.map((one) => String(one['RefTableName'])))].join(', ') || 'none: start a table map of it'
          }.`,
        );
      for (const one of lines) store.remove(eventDefinitionTable, one);
    },
  },
  {
    name: rebuildCommand,
    label: 'Rebuild business events catalog',
    parameters: [],
    run: ({ store }) => rebuildCatalogue(store),
  },
  {
    name: 'switch-configuration-key',
    label: 'Switch the configuration key behind a data entity',
    parameters: [
      { name: 'dataEntity', label: 'Data entity', kind: 'text', isRequired: true },
      { name: 'enabled', label: 'Enabled', kind: 'yesNo', isRequired: true },
    ],
    run({ values, store }) {
      const wanted = values.text('dataEntity');
      const entity = entities.find(({ name, set }) => name === wanted || set === wanted);
      if (entity === undefined) throw faults.badCommand(`There is no data entity '${wanted}'. Name it as at /data.`);
      switchConfiguration(entity, values.isTrue('enabled', true), store);
      listDataEntities([entity], store);
    },
  },
  {
    name: 'set-throttling-priority',
    label: 'Set the throttling priority of an integration',
    parameters: [
      { name: 'integration', label: 'E-mail of the user, or client ID', kind: 'text', isRequired: true },
      { name: 'priority', label: 'Priority', kind: 'choice', choices: priorities, isRequired: true },
    ],
    run: ({ values, store }) => setPriority(values.text('integration'), values.text('priority'), store),
  },
  {
    name: 'set-resource-utilization',
    label: 'Make the environment busy, or calm',
    parameters: [{ name: 'level', label: 'Utilization', kind: 'choice', choices: utilizations, isRequired: true }],
    run: ({ values, store }) => setUtilization(values.text('level'), store),
  },
];
