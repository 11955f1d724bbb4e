import { dirname } from 'node:path';
import { attribute, child, childText, children, parseXml } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { stableId } from '../metadata/stable-id.ts';
import { putComponent, type ImportCall } from './import-platform.ts';

/** Files of controls, served at `/CustomControls/<name>/<file>`. */
export const controlFilesTable = `create table if not exists "emulator$control_files" (control text not null, file text not null, content blob not null, primary key (control, file)) without rowid`;

export function importCustomControls(call: ImportCall): void {
  call.database.exec(controlFilesTable);
  for (const node of children(child(call.pkg.customizations, 'CustomControls'), 'CustomControl')) {
    const name = childText(node, 'Name');
    const manifestPath = childText(node, 'FileName').replace(/^\//, '');
    const content = call.pkg.files.get(manifestPath);
    if (content === undefined)
      throw faults.import(
        '0x80160000',
        `The control '${name}' has no manifest: '${manifestPath}' is not in the package.`,
      );
    const control = child(parseXml(content, manifestPath), 'control');
    const full = `${attribute(control, 'namespace')}.${attribute(control, 'constructor')}`;
    if (name.slice(name.indexOf('_') + 1) !== full)
      throw faults.import('0x80160000', `The control '${name}' holds the manifest of '${full}'.`);
    putComponent(call, 'customcontrol', {
      customcontrolid: stableId('customcontrol', name),
      name,
      version: attribute(control, 'version') ?? '',
      manifest: content.toString('utf8'),
      ismanaged: call.isManaged,
    });
    const folder = `${dirname(manifestPath)}/`;
    for (const [path, file] of call.pkg.files) {
      if (path.startsWith(folder)) {
        call.database.run('insert or replace into "emulator$control_files" (control, file, content) values (?, ?, ?)', [
          name,
          path.slice(folder.length),
          file,
        ]);
      }
    }
  }
}
