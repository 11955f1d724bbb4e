import type { MetadataCatalogue } from '../metadata/model.ts';

const known = new WeakMap<MetadataCatalogue, { version: string; names: ReadonlySet<string> }>();

/** True of the table behind a many-to-many relationship: written through `$ref` alone, read with either side. */
export function isIntersect(name: string, metadata: MetadataCatalogue): boolean {
  let found = known.get(metadata);
  if (found?.version !== metadata.version) {
    const names = [...metadata.tables()].flatMap((table) => table.manyToMany.map((one) => one.intersectTable));
    found = { version: metadata.version, names: new Set(names) };
    known.set(metadata, found);
  }
  return found.names.has(name);
}
