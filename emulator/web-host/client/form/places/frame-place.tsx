import * as React from 'react';
import { formWords } from '../../language/words/form';
import { userLanguage } from '../../language/speak';
import { useAsync } from '../../shell/use-async';
import { listAllowed } from '../../web-api/web-api';
import type { FormSession } from '../form-session';
import type { FormCell } from '../form-xml';

interface PlaceProps {
  readonly session: FormSession;
  readonly cell: FormCell;
  readonly label: string;
}

const pictures = new Set([5, 6, 7, 10, 11]);
const page = 1;

/** A web resource on the form: a page in a frame, or a picture. */
export function WebResourcePlace({ session, cell, label }: PlaceProps): React.ReactElement | null {
  const given = cell.parameters.get('Url') ?? cell.parameters.get('WebResourceId') ?? '';
  const name = given.replace(/^\$webresource:/, '').replace(/^\/?WebResources\//i, '');
  const read = useAsync(() => readType(name), name);
  if (read.state !== 'done') return null;
  const { value: resource } = read;
  if (resource === undefined) return <div className="cell quiet">{formWords('noWebResource', name)}</div>;
  const url = `/WebResources/${encodeURI(resource.name)}`;
  if (pictures.has(resource.type))
    return <img className="picture" src={url} alt={cell.parameters.get('AltText') ?? label} />;
  if (resource.type !== page) return <div className="cell quiet">{formWords('notAPage', resource.name)}</div>;
  return <Frame url={withParameters(url, session, cell)} label={label} cell={cell} />;
}

/** A page of this origin in a frame; the emulator opens no other. */
export function FramePlace({ session, cell, label }: PlaceProps): React.ReactElement {
  const given = cell.parameters.get('Url') ?? '';
  const url = new URL(given || 'about:blank', location.origin);
  if (url.origin !== location.origin) return <div className="cell quiet">{formWords('otherSite', label, given)}</div>;
  return <Frame url={withParameters(url.pathname + url.search, session, cell)} label={label} cell={cell} />;
}

const rowHeight = 36;

function Frame({ url, label, cell }: { readonly url: string; readonly label: string; readonly cell: FormCell }) {
  const hasBorder = cell.parameters.get('Border') === 'true';
  return (
    <iframe
      className={hasBorder ? 'frame bordered' : 'frame'}
      id={cell.controlId}
      name={cell.controlId}
      title={label || cell.controlId}
      src={url}
      style={{ height: Math.max(4, cell.rowSpan) * rowHeight }}
    />
  );
}

/** What pages are handed when the maker wants it: the row, its table, the languages, and data of the maker's own. */
function withParameters(url: string, { model, table }: FormSession, { parameters }: FormCell): string {
  const query = new URLSearchParams();
  if (parameters.get('PassParameters') === 'true') {
    query.set('id', model.id === '' ? '' : `{${model.id.toUpperCase()}}`);
    query.set('typename', table.name);
    query.set('type', String(table.typeCode ?? ''));
    query.set('orglcid', '1033');
    query.set('userlcid', String(userLanguage()));
  }
  const data = parameters.get('Data');
  if (data) query.set('data', data);
  const text = query.toString();
  return text === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

async function readType(name: string): Promise<{ name: string; type: number } | undefined> {
  const isId = /^\{?[0-9a-f-]{36}\}?$/i.test(name);
  const filter = isId ? `webresourceid eq ${name.replace(/[{}]/g, '')}` : `name eq '${name.replaceAll("'", "''")}'`;
  const [row] = await listAllowed(`webresourceset?$select=name,webresourcetype&$filter=${encodeURIComponent(filter)}`);
  return row === undefined ? undefined : { name: String(row['name']), type: Number(row['webresourcetype']) };
}
