import { listAllowed } from '../web-api/web-api';

/** Where a command stands: the numbers of `appaction.location`. */
export const locations = { form: 0, mainGrid: 1, subgrid: 2, associatedGrid: 3 } as const;

/** `appaction.type` */
export const commandTypes = { button: 0, dropDown: 1, splitButton: 2, group: 3 } as const;

const clickTypes = { none: 0, formula: 1, javaScript: 2 } as const;
const visibilityTypes = { none: 0, formula: 1, classicRules: 2 } as const;

/** A command a solution adds to a command bar. */
export interface AppCommand {
  readonly id: string;
  readonly label: string;
  readonly tooltip: string | undefined;
  /** What screen readers say; the label where there is none. */
  readonly accessibleName: string | undefined;
  readonly icon: string | undefined;
  /** Path of a web resource that is its icon. */
  readonly iconUrl: string | undefined;
  readonly isDisabled: boolean;
  readonly type: number;
  readonly isGroupTitleHidden: boolean;
  readonly parentId: string | undefined;
  /** What is not emulated of it, in words; the command then says so when it is used. */
  readonly missing: string | undefined;
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
    'appactionid,name,buttonlabeltext,buttontooltiptitle,buttontooltipdescription,buttonaccessibilitytext,fonticon,isdisabled,isgrouptitlehidden,type,visibilitytype,onclickeventtype,_parentappactionid_value,onclickeventjavascriptfunctionname,onclickeventjavascriptparameters';
  const ofTable = `(context eq 0 or contextvalue eq '${table}')`;
  const ofApp = `(_appmoduleid_value eq null or _appmoduleid_value eq ${app})`;
  const path = `appactions?$select=${columns}&$expand=onclickeventjavascriptwebresourceid($select=name)&$filter=location eq ${location} and hidden eq false and statecode eq 0 and ${ofTable} and ${ofApp}&$orderby=sequence`;
  const rows = await listAllowed(path);
  return rows.map((row) => ({
    id: String(row['appactionid']),
    label: String(row['buttonlabeltext'] ?? ''),
    tooltip: textOf(row['buttontooltipdescription']) ?? textOf(row['buttontooltiptitle']),
    accessibleName: textOf(row['buttonaccessibilitytext']),
    ...iconOf(row['fonticon']),
    isDisabled: row['isdisabled'] === true,
    type: Number(row['type'] ?? commandTypes.button),
    isGroupTitleHidden: row['isgrouptitlehidden'] === true,
    parentId: textOf(row['_parentappactionid_value']),
    missing: missingIn(row),
    functionName: textOf(row['onclickeventjavascriptfunctionname']),
    library: (row['onclickeventjavascriptwebresourceid'] as { name?: string } | null)?.name,
    parameters: parametersOf(row['onclickeventjavascriptparameters']),
  }));
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

function parametersOf(value: unknown): readonly CommandParameter[] {
  const text = textOf(value);
  return text === undefined ? [] : (JSON.parse(text) as CommandParameter[]);
}

/** `$clientsvg:Send` names an icon of the page, `$webresource:…` one of a solution. */
function iconOf(value: unknown): Pick<AppCommand, 'icon' | 'iconUrl'> {
  const text = textOf(value);
  const resource = text === undefined ? undefined : /^\$webresource:(.+)$/.exec(text)?.[1];
  if (resource !== undefined) return { icon: undefined, iconUrl: `/WebResources/${encodeURI(resource)}` };
  return { icon: text?.replace(/^\$clientsvg:/, ''), iconUrl: undefined };
}

function missingIn(row: Readonly<Record<string, unknown>>): string | undefined {
  const name = String(row['buttonlabeltext'] ?? row['name']);
  if (row['onclickeventtype'] === clickTypes.formula)
    return `The formula of the command '${name}' is not emulated. See docs/support-matrix.md.`;
  if (row['visibilitytype'] === visibilityTypes.formula || row['visibilitytype'] === visibilityTypes.classicRules)
    return `The rule that shows the command '${name}' is not emulated. See docs/support-matrix.md.`;
  return undefined;
}
