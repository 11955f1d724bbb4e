import { listAllowed } from '../web-api/web-api';

/** Where a command stands: the numbers of `appaction.location`. */
export const locations = { form: 0, mainGrid: 1, subgrid: 2 } as const;

/** A command a solution adds to a command bar. */
export interface AppCommand {
  readonly id: string;
  readonly label: string;
  readonly tooltip: string | undefined;
  readonly icon: string | undefined;
  readonly isDisabled: boolean;
  readonly parentId: string | undefined;
  readonly functionName: string | undefined;
  readonly library: string | undefined;
  readonly parameters: readonly CommandParameter[];
}

/** One value the function is called with; `value` is there for constants. */
export interface CommandParameter {
  readonly type: number;
  readonly value?: unknown;
}

/**
 * Commands of an app, in the order they stand in.
 *
 * @returns none for a user who may not read them, as the page itself then has none to show
 */
export async function readAppCommands(app: string, table: string, location: number): Promise<AppCommand[]> {
  const columns =
    'appactionid,buttonlabeltext,buttontooltipdescription,fonticon,isdisabled,_parentappactionid_value,onclickeventjavascriptfunctionname,onclickeventjavascriptparameters';
  const ofTable = `(context eq 0 or contextvalue eq '${table}')`;
  const ofApp = `(_appmoduleid_value eq null or _appmoduleid_value eq ${app})`;
  const path = `appactions?$select=${columns}&$expand=onclickeventjavascriptwebresourceid($select=name)&$filter=location eq ${location} and hidden eq false and statecode eq 0 and ${ofTable} and ${ofApp}&$orderby=sequence`;
  const rows = await listAllowed(path);
  return rows.map((row) => ({
    id: String(row['appactionid']),
    label: String(row['buttonlabeltext'] ?? ''),
    tooltip: (row['buttontooltipdescription'] as string | null) ?? undefined,
    icon: iconOf(row['fonticon']),
    isDisabled: row['isdisabled'] === true,
    parentId: (row['_parentappactionid_value'] as string | null) ?? undefined,
    functionName: (row['onclickeventjavascriptfunctionname'] as string | null) ?? undefined,
    library: (row['onclickeventjavascriptwebresourceid'] as { name?: string } | null)?.name,
    parameters: JSON.parse(String(row['onclickeventjavascriptparameters'] ?? '[]')) as CommandParameter[],
  }));
}

/** `$clientsvg:Send` names an icon of the page. */
const iconOf = (text: unknown) => (typeof text === 'string' ? text.replace(/^\$clientsvg:/, '') : undefined);
