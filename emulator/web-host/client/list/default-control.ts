import { readControlDescription, type ControlDescription } from '../form/form-xml';
import { listAllowed } from '../web-api/web-api';

const known = new Map<string, Promise<ControlDescription | undefined>>();

/** The control all grids of a table are shown in, read once; undefined: the platform's grid, also for a user who may not read them. */
export function readDefaultControl(table: string): Promise<ControlDescription | undefined> {
  let control = known.get(table);
  if (control === undefined) {
    known.set(table, (control = read(table)));
    control.catch(() => known.delete(table));
  }
  return control;
}

async function read(table: string): Promise<ControlDescription | undefined> {
  const [row] = await listAllowed(
    `customcontroldefaultconfigs?$select=controldescriptionxml&$filter=primaryentitytypecode eq '${table}'`,
  );
  if (row === undefined) return undefined;
  const xml = new DOMParser().parseFromString(String(row['controldescriptionxml']), 'application/xml');
  const description = xml.querySelector('controlDescription');
  return description === null ? undefined : readControlDescription(description);
}
