import { DOMParser, type Element } from '@xmldom/xmldom';
import { asText } from '../expressions/as-text.ts';
import { isObject, type Value } from '../expressions/value.ts';
import type { ConnectorCall, ConnectorResult } from './connectors.ts';
import { refuse } from './result.ts';

/** A key column and its type, e.g. `Edm.String`. */
interface KeyColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * Turns the id of a record, its key values in order and parted by commas (`usmf,US-001`), into an OData key. The order is
 * that of `$metadata`, which is read once.
 */
export function createEntityKeys(readMetadata: (call: ConnectorCall) => Promise<ConnectorResult>) {
  let known: ReadonlyMap<string, readonly KeyColumn[]> | undefined;
  return async (call: ConnectorCall, set: string, id: string): Promise<string | ConnectorResult> => {
    if (known === undefined) {
      const answer = await readMetadata(call);
      if (answer.statusCode >= 400) return answer;
      known = readKeys(textOf(answer.body));
    }
    const columns = known.get(set);
    if (columns === undefined) return refuse(404, 'NotFound', `There is no data entity '${set}'.`);
    const values = id.split(',').map((value) => value.trim());
    if (values.length !== columns.length)
      return refuse(
        400,
        'InvalidId',
        `The id '${id}' of '${set}' has ${values.length} values; its key is ${columns.map(({ name }) => name).join(',')}.`,
      );
    return columns.map((column, index) => `${column.name}=${literalOf(values[index]!, column.type)}`).join(',');
  };
}

/** XML comes as a binary. */
const textOf = (body: Value) =>
  isObject(body) && typeof body['$content'] === 'string'
    ? Buffer.from(body['$content'], 'base64').toString()
    : asText(body);

function literalOf(value: string, type: string): string {
  if (type === 'Edm.String') return `'${encodeURIComponent(value.replaceAll("'", "''"))}'`;
  if (type.startsWith('Edm.')) return encodeURIComponent(value);
  return `${type}'${encodeURIComponent(value)}'`;
}

function readKeys(xml: string): Map<string, readonly KeyColumn[]> {
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const all = (parent: Pick<Element, 'getElementsByTagName'>, tag: string) => [...parent.getElementsByTagName(tag)];
  const named = (element: Element) => element.getAttribute('Name') ?? '';
  const types = new Map(all(document, 'EntityType').map((type) => [named(type), type]));
  return new Map(
    all(document, 'EntitySet').map((set) => {
      const type = types.get((set.getAttribute('EntityType') ?? '').split('.').at(-1)!);
      const columns = type === undefined ? [] : all(type, 'Property');
      const keys = type === undefined ? [] : all(type, 'PropertyRef').map(named);
      const typeOf = (name: string) => columns.find((one) => named(one) === name)?.getAttribute('Type') ?? 'Edm.String';
      return [named(set), keys.map((name) => ({ name, type: typeOf(name) }))];
    }),
  );
}
