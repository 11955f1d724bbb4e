import { PackageError } from '../package-error.ts';
import { children, parseXml, writeXml, xmlElement } from '../xml/index.ts';
import { typesName } from './root-names.ts';

const extensionOf = (path: string) => /\.([^./]+)$/.exec(path)?.[1];
const binary = 'application/octet-stream';

/** `[Content_Types].xml` for these parts: an extension each, an override for `.xml` in folders and for those without. */
export function contentTypes(paths: readonly string[]): string {
  const extensions = new Map([['xml', 'xml']]);
  for (const extension of paths.map(extensionOf).sort()) {
    // Extensions are compared without case, and one given twice makes the package invalid.
    const key = extension?.toLowerCase();
    if (extension !== undefined && key !== undefined && !extensions.has(key)) extensions.set(key, extension);
  }
  const defaults = [...extensions.values()].map((extension) =>
    xmlElement('Default', { Extension: extension, ContentType: extension === 'xml' ? 'text/xml' : binary }),
  );
  const overrides = paths
    .filter((path) => extensionOf(path) === undefined || /\/.*\.xml$/i.test(path))
    .map((path) => xmlElement('Override', { PartName: `/${path}`, ContentType: binary }));
  const namespace = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const types = writeXml(xmlElement('Types', { xmlns: namespace }, [...defaults, ...overrides]));
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?>${types}`;
}

/** @throws PackageError naming the first part that neither an extension nor an override covers */
export function requireCoverage(source: Buffer, paths: readonly string[]): void {
  const types = parseXml(source, typesName);
  const read = (name: string, key: string) =>
    new Set(children(types, name).map((type) => (type.attributes.get(key) ?? '').toLowerCase()));
  const extensions = read('Default', 'Extension');
  const parts = read('Override', 'PartName');
  for (const path of paths) {
    const extension = extensionOf(path)?.toLowerCase();
    if (parts.has(`/${path.toLowerCase()}`) || (extension !== undefined && extensions.has(extension))) continue;
    throw new PackageError(`${typesName} covers neither the extension nor the name of '${path}'.`, path);
  }
}
