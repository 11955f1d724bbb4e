import { referencesOf } from '../settings-of-solution.ts';
import type { Check, Diagnosis } from './diagnosis.ts';
import { filter, quoted } from './web-api.ts';

/** Connection references of the solution: each needs a connection, from a settings file or in the environment. */
export const checkConnections: Check = async ({ api, solution, connected }) => {
  const found: Diagnosis[] = [];
  for (const { logicalName, connectorId } of referencesOf(solution)) {
    const about = { check: 'connections', subject: logicalName };
    const query = filter(`connectionreferencelogicalname eq ${quoted(logicalName)}`);
    const [row] = await api.list(`connectionreferences?$select=connectionid&${query}`);
    const connector = connectorId.split('/').pop();
    if ((row?.['connectionid'] ?? null) !== null)
      found.push({ ...about, level: 'ok', what: `The connection reference ${logicalName} has a connection.` });
    else if (connected.has(logicalName))
      found.push({ ...about, level: 'ok', what: `The settings file gives ${logicalName} a connection.` });
    else
      found.push({
        ...about,
        level: 'warning',
        what: `The connection reference ${logicalName} (${connector}) has no connection: flows that use it stay off.`,
        todo: 'Make the connection in Power Automate and write its id into the settings file of the import.',
      });
  }
  return found;
};
