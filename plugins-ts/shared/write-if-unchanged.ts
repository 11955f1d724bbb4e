/**
 * Writes a row against the version that was seen, so that of two people who decide at once one wins and the other is told.
 * `Xrm.WebApi` cannot send `If-Match`; this is the one request of our scripts that goes round it
 * (docs/decisions/0005-credit-limit-decisions.md).
 *
 * @param set entity set name
 * @param etag `@odata.etag` of the row as it was read
 * @returns false when somebody has changed the row since
 * @throws Error in the words of the service
 */
export async function writeIfUnchanged(
  { set, id, etag }: { readonly set: string; readonly id: string; readonly etag: string },
  row: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const address = `${Xrm.Utility.getGlobalContext().getClientUrl()}/api/data/v9.2/${set}(${id.replace(/[{}]/g, '')})`;
  const response = await fetch(address, {
    method: 'PATCH',
    headers: {
      Accept: 'application/json',
      'Content-Type': 'application/json',
      'OData-MaxVersion': '4.0',
      'OData-Version': '4.0',
      'If-Match': etag,
    },
    body: JSON.stringify(row),
  });
  if (response.status === 412) return false;
  if (!response.ok) throw new Error(await wordsOf(response));
  return true;
}

async function wordsOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    return text || `${response.status} ${response.statusText}`;
  }
}
