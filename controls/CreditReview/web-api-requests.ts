import type { ExternalNames } from './consequence';

/**
 * The two requests `context.webAPI` cannot send: an update against a version, and one that reads metadata.
 * Relative: the service is where the page is.
 */
const root = '/api/data/v9.2/';
const headers = { Accept: 'application/json', 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' };

/** A refusal of the service, in its words. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
  ) {
    super(message);
  }
}

async function refusal(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => undefined)) as
    { error?: { code?: string; message?: string } } | undefined;
  return new Refusal(body?.error?.message ?? response.statusText, body?.error?.code ?? '', response.status);
}

/**
 * Writes a row unless it was changed since the version was read.
 *
 * @returns false when it was
 * @throws Refusal
 */
export async function updateAgainst(
  version: string,
  set: string,
  id: string,
  row: Record<string, unknown>,
): Promise<boolean> {
  const response = await fetch(`${root}${set}(${id})`, {
    method: 'PATCH',
    headers: { ...headers, 'Content-Type': 'application/json', 'If-Match': version },
    body: JSON.stringify(row),
  });
  if (response.status === 412) return false;
  if (!response.ok) throw await refusal(response);
  return true;
}

interface Choices {
  readonly value: readonly {
    readonly LogicalName: string;
    readonly OptionSet?: OptionSet | null;
    readonly GlobalOptionSet?: OptionSet | null;
  }[];
}
interface OptionSet {
  readonly Options: readonly { readonly Value: number; readonly ExternalValue?: string | null }[];
}

/** @throws Refusal */
export async function readExternalNames(table: string, columns: readonly string[]): Promise<ExternalNames> {
  const filter = columns.map((column) => `LogicalName eq '${column}'`).join(' or ');
  const path =
    `EntityDefinitions(LogicalName='${table}')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata` +
    `?$select=LogicalName&$filter=${encodeURIComponent(filter)}&$expand=OptionSet,GlobalOptionSet`;
  const response = await fetch(root + path, { headers });
  if (!response.ok) throw await refusal(response);
  const { value } = (await response.json()) as Choices;
  return new Map(
    value.map(({ LogicalName, OptionSet, GlobalOptionSet }) => [
      LogicalName,
      new Map(((GlobalOptionSet ?? OptionSet)?.Options ?? []).map((one) => [one.Value, one.ExternalValue ?? ''])),
    ]),
  );
}
