import { fragmentFolders } from './unpacked/layout.ts';
import type { SolutionPackage } from './solution-package.ts';
import { normalized, type NormalizedXml, type XmlElement } from './xml/index.ts';

/** Elements whose parts are a set: the platform reads them in any order. */
const sets = new Set([
  ...fragmentFolders.map(({ node }) => `ImportExportXml/${node}`),
  'ImportExportXml/Entities',
  'ImportExportXml/Entities/Entity/FormXml',
  'ImportExportXml/Entities/Entity/FormXml/forms',
  'ImportExportXml/Entities/Entity/SavedQueries/savedqueries',
  'ImportExportXml/Entities/Entity/Visualizations',
]);

/**
 * What differs between two packages, one line each: entries, bytes of files, XML as a tree. Order counts only where it
 * means something; white space around texts does not.
 */
export function differences(one: SolutionPackage, other: SolutionPackage): string[] {
  return [
    ...differentFiles(one.files, other.files),
    ...differentXml('solution.xml', one.manifest, other.manifest),
    ...differentXml('customizations.xml', one.customizations, other.customizations),
  ];
}

function differentFiles(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): string[] {
  const paths = [...new Set([...one.keys(), ...other.keys()])].sort();
  return paths.flatMap((path) => {
    const [a, b] = [one.get(path), other.get(path)];
    if (a === undefined) return [`${path} is only in the second`];
    if (b === undefined) return [`${path} is only in the first`];
    return a.equals(b) ? [] : [`${path} has another content`];
  });
}

function differentXml(file: string, one: XmlElement, other: XmlElement): string[] {
  const found = firstDifference(inOrder(normalized(one)), inOrder(normalized(other)));
  return found === undefined ? [] : [`${file}: ${found}`];
}

/** The parts of sets sorted, so that equal sets are equal lists. */
function inOrder(element: NormalizedXml, path = element.name): NormalizedXml {
  const parts = element.parts.map((part) => (typeof part === 'string' ? part : inOrder(part, `${path}/${part.name}`)));
  if (!sets.has(path)) return { ...element, parts };
  const keyed = parts.map((part) => ({ part, key: JSON.stringify(part) }));
  return { ...element, parts: keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ part }) => part) };
}

function firstDifference(one: NormalizedXml, other: NormalizedXml): string | undefined {
  if (one.name !== other.name) return `<${one.name}> against <${other.name}>`;
  const attributes = (element: NormalizedXml) =>
    element.attributes.map(([name, value]) => `${name}="${value}"`).join(' ');
  if (attributes(one) !== attributes(other))
    return `<${one.name} ${attributes(one)}> against <${other.name} ${attributes(other)}>`;
  for (let place = 0; place < Math.max(one.parts.length, other.parts.length); place++) {
    const found = differentPart(one.parts[place], other.parts[place]);
    if (found !== undefined) return `${one.name}/${found}`;
  }
  return undefined;
}

function differentPart(one: NormalizedXml | string | undefined, other: typeof one): string | undefined {
  if (typeof one === 'object' && typeof other === 'object') return firstDifference(one, other);
  return one === other ? undefined : `${shown(one)} against ${shown(other)}`;
}

function shown(part: NormalizedXml | string | undefined): string {
  if (part === undefined) return 'nothing';
  return typeof part === 'string' ? `'${part.slice(0, 60)}'` : `<${part.name}>`;
}
