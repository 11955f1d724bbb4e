import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from './command.ts';
import { asyncOptions, flag, required, text } from './options.ts';
import { PacError } from './surroundings.ts';
import { connect, environmentOption, mostMinutesOf, waitFor } from './web-api.ts';

/** Settings of the organisation an export can carry, by the words of `--include`. */
const settingsOf: Readonly<Record<string, string>> = {
  autonumbering: 'ExportAutoNumberingSettings',
  calendar: 'ExportCalendarSettings',
  customization: 'ExportCustomizationSettings',
  emailtracking: 'ExportEmailTrackingSettings',
  externalapplications: 'ExportExternalApplications',
  general: 'ExportGeneralSettings',
  isvconfig: 'ExportIsvConfig',
  marketing: 'ExportMarketingSettings',
  outlooksynchronization: 'ExportOutlookSynchronizationSettings',
  relationshiproles: 'ExportRelationshipRoles',
  sales: 'ExportSales',
};

export const exportCommand: Command = {
  help: 'Exports a solution into a zip',
  options: {
    name: required('n'),
    path: text('p'),
    managed: flag('m'),
    include: text('i'),
    overwrite: flag('ow'),
    environment: environmentOption,
    ...asyncOptions,
  },
  async run(given, surroundings) {
    const name = given.required('name');
    const managed = given.is('managed');
    const file = fileOf(resolve(surroundings.cwd, given.text('path') ?? '.'), managed ? `${name}_managed` : name);
    if (existsSync(file) && !given.is('overwrite'))
      throw new PacError(`${file} is there already. To replace it, say --overwrite.`);
    const body = { SolutionName: name, Managed: managed, ...settingsNamed(given.text('include') ?? '') };
    const api = await connect(given, surroundings);
    surroundings.write('Starting Solution Export...\n');
    let answer;
    if (given.is('async')) {
      const job = await api.post('ExportSolutionAsync', body);
      await waitFor(api, String(job['AsyncOperationId']), {
        mostMinutes: mostMinutesOf(given),
        write: surroundings.write,
      });
      answer = await api.post('DownloadSolutionExportData', { ExportJobId: job['ExportJobId'] });
    } else answer = await api.post('ExportSolution', body);
    writeFileSync(file, Buffer.from(String(answer['ExportSolutionFile']), 'base64'));
    surroundings.write(`Solution export succeeded.\n${file}\n`);
  },
};

/** A folder takes `<name>.zip`. */
const fileOf = (path: string, name: string) =>
  existsSync(path) && statSync(path).isDirectory() ? join(path, `${name}.zip`) : path;

function settingsNamed(include: string): Record<string, true> {
  const names = include.split(',').map((one) => one.trim().toLowerCase());
  return Object.fromEntries(
    names
      .filter((one) => one !== '')
      .map((one) => {
        const setting = settingsOf[one];
        if (setting === undefined)
          throw new PacError(`--include knows no '${one}'. There is: ${Object.keys(settingsOf).join(', ')}.`);
        return [setting, true as const];
      }),
  );
}
