import { elements, parseXml, type XmlElement } from './xml.ts';
import { PackageError } from './package-error.ts';

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const extensionOf = (path: string) => /\.([^./]+)$/.exec(path)?.[1];
const binary = 'application/octet-stream';

/** `[Content_Types].xml` for these parts: an extension each, an override for those that have none. */
export function contentTypes(paths: readonly string[]): string {
  const extensions = new Set([
    'xml',
    ...paths
      .map(extensionOf)
      .filter((one) => one !== undefined)
      .sort(),
  ]);
  const defaults = [...extensions].map(
    (extension) =>
      `<Default Extension="${escape(extension)}" ContentType="${extension === 'xml' ? 'text/xml' : binary}" />`,
  );
  const bare = paths.filter((path) => extensionOf(path) === undefined || (path.endsWith('.xml') && path.includes('/')));
  const overrides = bare.map((path) => `<Override PartName="/${escape(path)}" ContentType="${binary}" />`);
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults.join('')}${overrides.join('')}</Types>`;
}

/** @throws PackageError naming the first part that neither an extension nor an override covers */
export function requireCoverage(source: Buffer, paths: readonly string[]): void {
  const types = elements(parseXml(source, '[Content_Types].xml'));
  const read = (name: string, key: string) =>
    types
      .filter((type: XmlElement) => type.name === name)
      .map((type) => (type.attributes.get(key) ?? '').toLowerCase());
  const extensions = new Set(read('Default', 'Extension'));
  const parts = new Set(read('Override', 'PartName'));
  for (const path of paths) {
    const extension = extensionOf(path)?.toLowerCase();
    if (parts.has(`/${path.toLowerCase()}`) || (extension !== undefined && extensions.has(extension))) continue;
    throw new PackageError(`[Content_Types].xml covers neither the extension nor the name of '${path}'.`, path);
  }
}
