import { child, elements, type XmlElement } from '../xml/index.ts';
import type { FragmentFolder } from './layout.ts';
import type { UnpackedFiles } from './unpacked-files.ts';

/**
 * Moves the components of one list into files of their own and leaves the placeholder. A list in which two share a name,
 * or that holds what has no name, stays as it is: nothing may be lost.
 */
export function splitFragments(
  frame: XmlElement,
  { node, element, folder, file, place, hasManagedTwins }: FragmentFolder,
  out: UnpackedFiles,
  suffix: string,
): void {
  const list = child(frame, node);
  if (list === undefined || elements(list).length === 0) return;
  const paths = elements(list).map((component) => place(component));
  const fits = elements(list).every(({ name }, index) => name === element && file.test(paths[index]!));
  const named = new Set(paths.map((path) => path.toLowerCase()));
  if (!fits || named.size < paths.length || paths.some((path) => path.startsWith('.'))) return;
  elements(list).forEach((component, index) => {
    const path = hasManagedTwins ? paths[index]!.replace(/\.xml$/, suffix) : paths[index]!;
    out.putXml(`${folder}${path}`, component);
  });
  list.children = [];
}
