import { PackageError } from '../package-error.ts';
import type { LazyFiles } from '../lazy-files.ts';
import type { XmlElement } from '../xml/index.ts';
import { addControls } from './controls.ts';
import { payloadFiles } from './payload-rules.ts';
import { missingFile, type SourceTree } from './source-tree.ts';

/** Adds the files that nodes of `customizations.xml` point at, by their path in the zip. */
export function addPayload(tree: SourceTree, customizations: XmlElement, files: LazyFiles): void {
  const sources = new Map<string, string>();
  for (const { zipPath, source, neededBy } of payloadFiles(customizations)) {
    if (!tree.has(source)) {
      tree.report('content', missingFile(source, neededBy));
      continue;
    }
    const content = tree.reader(source, neededBy);
    const other = sources.get(zipPath);
    const isShared = other === source && zipPath.startsWith('Formulas/');
    if (other !== undefined && !isShared)
      tree.report('content', new PackageError(`Two components point at the file ${zipPath}.`, zipPath));
    sources.set(zipPath, source);
    files.set(zipPath, /^Workflows\/.*\.json$/.test(zipPath) ? () => withoutMark(content()) : content);
  }
  addControls(tree, customizations, files);
}

/** A byte-order mark makes the server refuse a flow (0x80060468). */
function withoutMark(content: Buffer): Buffer {
  return content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? content.subarray(3) : content;
}
