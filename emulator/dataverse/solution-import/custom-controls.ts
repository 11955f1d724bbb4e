import { dirname } from 'node:path/posix';
import {
  attribute,
  child,
  childText,
  children,
  elements,
  parseXml,
  type XmlElement,
} from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import type { ImportCall } from './import-platform.ts';
import { putComponent, removeOthers } from './put-component.ts';
import { refusal } from './refusals.ts';

/** Files of controls, served at `/CustomControls/<name>/<file>`. */
export const controlFilesTable = `create table if not exists "emulator$control_files" (control text not null, file text not null, content blob not null, primary key (control, file)) without rowid`;

export function importCustomControls(call: ImportCall): void {
  call.database.exec(controlFilesTable);
  for (const node of children(child(call.pkg.customizations, 'CustomControls'), 'CustomControl'))
    importControl(call, node);
}

function importControl(call: ImportCall, node: XmlElement): void {
  const name = childText(node, 'Name');
  const path = childText(node, 'FileName').replace(/^\//, '');
  const manifest = call.pkg.files.get(path);
  if (manifest === undefined)
    throw refusal('badControl', `The control '${name}' has no manifest: '${path}' is not in the package.`);
  const control = child(parseXml(manifest, path), 'control');
  checkName(call, name, control);
  const folder = `${dirname(path)}/`;
  const files = new Map(
    [...call.pkg.files]
      .filter(([file]) => file.startsWith(folder))
      .map(([file, bytes]) => [file.slice(folder.length), bytes]),
  );
  requireResources(name, control, files);
  const version = attribute(control, 'version') ?? '';
  warnOfSameVersion(call, name, version, files);
  const id = stableId('customcontrol', name);
  putComponent(call, 'customcontrol', {
    customcontrolid: id,
    customcontrolidunique: id,
    name,
    version,
    manifest: manifest.toString('utf8'),
    ismanaged: call.isManaged,
  });
  keepFiles(call, { id, name, version }, files);
}

/** A control is `<prefix of the publisher>_<namespace>.<constructor>`; without the prefix its name is unique. */
function checkName(call: ImportCall, name: string, control: XmlElement | undefined): void {
  const full = `${attribute(control, 'namespace') ?? ''}.${attribute(control, 'constructor') ?? ''}`;
  const prefix = name.slice(0, name.indexOf('_'));
  if (name.slice(name.indexOf('_') + 1) !== full)
    throw refusal('badControl', `The control '${name}' holds the manifest of '${full}'.`);
  if (call.prefix !== '' && prefix !== call.prefix)
    throw refusal(
      'badControl',
      `Publisher prefix '${prefix}' for this control '${full}' does not match the prefix '${call.prefix}' for the solution.`,
    );
  const pattern = `%\\_${full.replace(/[\\%_]/g, '\\$&')}`;
  const other =
    call.catalogue.table('customcontrol') === undefined
      ? undefined
      : call.database.get(`select name from customcontrol where name like ? escape '\\' and name <> ?`, [
          pattern,
          name,
        ]);
  if (other !== undefined)
    throw refusal(
      'badControl',
      `The control '${full}' was already created by another publisher, as '${String(other['name'])}'.`,
    );
}

/** Refuses a control whose manifest names a file that the package does not have. */
function requireResources(name: string, control: XmlElement | undefined, files: ReadonlyMap<string, Buffer>): void {
  const resources = child(control, 'resources');
  for (const resource of resources === undefined ? [] : elements(resources)) {
    const path = attribute(resource, 'path');
    if (path === undefined || files.has(path)) continue;
    throw refusal(
      'badControl',
      `The file '${path}', which the manifest of the control '${name}' names, is not in the package.`,
    );
  }
}

/** Differs: the platform goes on serving the files it has; here the new ones are taken, so that one can work on a control. */
function warnOfSameVersion(
  { database, warnings }: ImportCall,
  name: string,
  version: string,
  files: ReadonlyMap<string, Buffer>,
): void {
  const before = database.get('select version from customcontrol where name = ?', [name]);
  if (before === undefined || before['version'] !== version) return;
  const kept = database.all('select file, content from "emulator$control_files" where control = ?', [name]);
  const isSame = kept.every(
    ({ file, content }) => files.get(String(file))?.equals(Buffer.from(content as Buffer)) === true,
  );
  if (isSame && kept.length === files.size) return;
  warnings.push(
    `The control '${name}' changed, but its version is still ${version}: the platform would keep the old files. Raise the version.`,
  );
}

/** The control's files are those of this package and no others. */
function keepFiles(
  call: ImportCall,
  control: { readonly id: string; readonly name: string; readonly version: string },
  files: ReadonlyMap<string, Buffer>,
): void {
  call.database.run('delete from "emulator$control_files" where control = ?', [control.name]);
  const ids = new Set<string>();
  for (const [file, content] of files) {
    call.database.run('insert into "emulator$control_files" (control, file, content) values (?, ?, ?)', [
      control.name,
      file,
      content,
    ]);
    const id = stableId('customcontrolresource', control.name, file);
    ids.add(id);
    putComponent(call, 'customcontrolresource', {
      customcontrolresourceid: id,
      name: file,
      version: control.version,
      customcontrolid: { table: 'customcontrol', id: control.id },
      ismanaged: call.isManaged,
    });
  }
  removeOthers(call, 'customcontrolresource', { column: 'customcontrolid', id: control.id }, ids);
}
