import { dirname, posix } from 'node:path';
import type { LazyFiles } from '../lazy-files.ts';
import { PackageError } from '../package-error.ts';
import { attribute, child, childText, children, descend, elements, parseXml, type XmlElement } from '../xml/index.ts';
import type { SourceTree } from './source-tree.ts';

/** Adds the built files of every control: all of its folder. */
export function addControls(tree: SourceTree, customizations: XmlElement, files: LazyFiles): void {
  for (const control of children(child(customizations, 'CustomControls'), 'CustomControl')) {
    const name = childText(control, 'Name');
    const manifestPath = childText(control, 'FileName').replace(/^\//, '');
    const folder = dirname(manifestPath);
    if (!tree.has(manifestPath)) {
      tree.report('content', refusal(`The control '${name}' has no ${manifestPath}. Build it first.`, folder));
      continue;
    }
    for (const path of tree.below(`${folder}/`).filter((one) => !one.endsWith('.data.xml')))
      files.set(path, tree.reader(path, `The control '${name}'`));
    const problem = incomplete(name, folder, manifestPath, files);
    if (problem !== undefined) tree.report('content', problem);
  }
}

/** The manifest must be the control's own, and every file it names must be there. */
function incomplete(
  name: string,
  folder: string,
  manifestPath: string,
  files: ReadonlyMap<string, Buffer>,
): PackageError | undefined {
  const manifest = descend(parseXml(files.get(manifestPath)!, manifestPath), 'control');
  const own = `${attribute(manifest, 'namespace')}.${attribute(manifest, 'constructor')}`;
  if (name !== own && !name.endsWith(`_${own}`))
    return refusal(`${manifestPath} is of the control '${own}', not of '${name}'.`, manifestPath);
  const there = new Set([...files.keys()].map((path) => path.toLowerCase()));
  for (const resource of resourcesOf(manifest)) {
    if (there.has(`${folder}/${resource}`.toLowerCase())) continue;
    return refusal(`${manifestPath} names ${resource}, which is not in ${folder}.`, `${folder}/${resource}`);
  }
  return undefined;
}

function resourcesOf(manifest: XmlElement | undefined): string[] {
  const resources = child(manifest, 'resources');
  return (resources === undefined ? [] : elements(resources)).flatMap((one) => {
    const path = attribute(one, 'path');
    return path === undefined ? [] : [posix.normalize(path.replaceAll('\\', '/'))];
  });
}

const refusal = (message: string, entry: string) => new PackageError(message, entry, '0x80160000');
