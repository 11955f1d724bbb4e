import type { ColumnShape, TableShape } from '../../query/index.ts';
import { faults } from '../faults.ts';
import { isComputed } from './computed-columns.ts';
import type { MetadataCatalogue, TableMetadata } from './model.ts';

/** Shapes of tables for queries and rows, remade when the metadata has changed. */
export function createShapes(metadata: MetadataCatalogue): (table: string) => TableShape {
  let version = '';
  let shapes = new Map<string, TableShape>();
  return (name) => {
    if (metadata.version !== version) {
      version = metadata.version;
      shapes = new Map();
    }
    let shape = shapes.get(name);
    if (shape === undefined) {
      const table = metadata.table(name);
      if (table === undefined) throw faults.resourceNotFound(name);
      shape = shapeOf(table);
      shapes.set(name, shape);
    }
    return shape;
  };
}

export function shapeOf(table: TableMetadata): TableShape {
  const columns = [...table.columns.values()].map((column): [string, ColumnShape] => [
    column.logicalName,
    {
      name: column.logicalName,
      type: column.type,
      targets: column.targets,
      isPrimaryName: column.isPrimaryName,
      ...(column.dateBehavior === 3 ? { isZoneIndependent: true } : {}),
      ...(isComputed(column) ? { isComputed: true } : {}),
    },
  ]);
  return { name: table.logicalName, storedAs: table.logicalName, key: [table.primaryId], columns: new Map(columns) };
}
