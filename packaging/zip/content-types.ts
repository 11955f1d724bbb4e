import { PackageError } from '../package-error.ts';
import type { Report } from '../problem.ts';
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

/** Reports parts that neither an extension nor an override covers. */
export function requireCoverage(source: Buffer, paths: readonly string[], report: Report): void {
  const types = parseXml(source, typesName);
  const read = (name: string, key: string) =>
    new Set(children(types, name).map((type) => (type.attributes.get(key) ?? '').toLowerCase()));
  const extensions = read('Default', 'Extension');
  const parts = read('Override', 'PartName');
  for (const path of paths) {
    const extension = extensionOf(path)?.toLowerCase();
    if (parts.has(`/${path.toLowerCase()}`) || (extension !== undefined && extensions.has(extension))) continue;
    const why = `${typesName} covers neither the extension nor the name of '${path}'.`;
    report('content-type-missing', new PackageError(why, path));
  }
}

/** Reports overrides of parts that the package does not have. */
export function findOrphans(source: Buffer, paths: readonly string[], report: Report): void {
  const there = new Set(paths.map((path) => `/${path.toLowerCase()}`));
  for (const override of children(parseXml(source, typesName), 'Override')) {
    const part = override.attributes.get('PartName') ?? '';
    if (!there.has(part.toLowerCase()))
      report(
        'content-type-orphan',
        new PackageError(`${typesName} has an override for '${part}', which is not there.`, typesName),
      );
  }
}
