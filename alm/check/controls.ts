import {
  attribute,
  child,
  childText,
  children,
  descend,
  elements,
  type PackageError,
  type XmlElement,
} from '../../packaging/index.ts';
import type { Checked } from './checked.ts';
import { readXml } from './own-files.ts';

/** A control (PCF) of the package. */
export interface Control {
  readonly name: string;
  readonly at: string;
  readonly node: XmlElement;
  /** With the slash at its end. */
  readonly folder: string;
  readonly path: string;
  /** `control` of the manifest; none when it is missing or malformed. */
  readonly manifest: XmlElement | undefined;
  readonly problem: PackageError | undefined;
}

export function controlsOf(solution: Checked): Control[] {
  return solution.list('CustomControls', 'CustomControl').map((node) => {
    const [name, path] = [childText(node, 'Name'), childText(node, 'FileName').replace(/^\//, '')];
    const content = solution.files.get(path);
    const { root, problem } = content === undefined ? {} : readXml(content, path);
    const manifest = descend(root, 'control');
    return { name, at: `control ${name}`, node, path, folder: path.replace(/[^/]*$/, ''), manifest, problem };
  });
}

/** Files a manifest names, by path in the package. */
export function resourcesOf({ manifest, folder }: Control): string[] {
  const resources = child(manifest, 'resources');
  const paths = (resources === undefined ? [] : elements(resources)).flatMap((one) => attribute(one, 'path') ?? []);
  return paths.map((path) => folder + path.replaceAll('\\', '/').replace(/^(\.?\/)+/, ''));
}

/** Properties of a manifest by name. */
export function propertiesOf(
  manifest: XmlElement | undefined,
  element: 'property' | 'data-set',
): Map<string, XmlElement> {
  return new Map(children(manifest, element).map((node) => [attribute(node, 'name') ?? '', node]));
}
