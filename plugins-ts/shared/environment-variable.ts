type Row = Readonly<Record<string, unknown>>;

const values = 'environmentvariabledefinition_environmentvariablevalue';

/** A number the environment sets, else the one the solution ships; undefined when neither can be read. Never fails. */
export async function readNumber(
  schemaName: string,
  reader: Pick<Xrm.WebApi, 'retrieveMultipleRecords'>,
): Promise<number | undefined> {
  const query = `?$select=defaultvalue&$expand=${values}($select=value)&$filter=schemaname eq '${schemaName}'`;
  try {
    const { entities } = await reader.retrieveMultipleRecords('environmentvariabledefinition', query);
    const definition = entities[0] as Row | undefined;
    const [set] = (definition?.[values] as readonly Row[] | undefined) ?? [];
    const text = String(set?.['value'] ?? definition?.['defaultvalue'] ?? '').trim();
    return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  } catch {
    return undefined;
  }
}
