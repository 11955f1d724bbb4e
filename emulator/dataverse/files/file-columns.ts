import type { Step } from '../contract.ts';
import type { StoredFiles } from './stored-files.ts';

/** Files that no row names any more: of a column with another value now, of a row that is gone. */
export function fileSteps(files: StoredFiles): Step[] {
  return [
    {
      name: 'Dataverse.FileColumns',
      message: 'Update',
      stage: 40,
      async run({ table, target, before, after }) {
        for (const name of Object.keys(target)) {
          if (table.columns.get(name)?.attributeType !== 'File') continue;
          const old = before?.[name];
          if (typeof old === 'string' && old !== after?.[name]) files.remove(old);
        }
      },
    },
    {
      name: 'Dataverse.FilesOfRow',
      message: 'Delete',
      stage: 40,
      async run({ table, id }) {
        const holds = [...table.columns.values()].some((column) => column.file !== undefined);
        if (holds) for (const file of files.ofRow(id)) files.remove(file.id);
      },
    },
  ];
}
