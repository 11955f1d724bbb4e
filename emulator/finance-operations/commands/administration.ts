import { faults } from '../faults.ts';
import { userTable } from '../entities/base-tables.ts';
import {
  listApplications,
  powerPlatformUser,
  registerApplication,
  removeApplication,
} from '../security/applications.ts';
import type { Command } from './command.ts';

const clientId = { name: 'clientId', label: 'Client ID', kind: 'text', isRequired: true } as const;

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
];
