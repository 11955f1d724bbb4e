import type { Lookup, Row } from '../../query/index.ts';
import type { Database } from '../../storage/index.ts';
import type { Step } from '../contract.ts';
import { faults } from '../faults.ts';

const namePattern = /^[A-Za-z][A-Za-z0-9]{1,7}_\w+$/;

/**
 * What catalogs and their assignments have to be like: a catalog, categories below it, and what is assigned to a category.
 *
 * Decided: the codes, and the words; the documents say only what is not possible.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/catalog-catalogassignment
 */
export const catalogSteps = (database: Database): Step[] => [
  {
    name: 'Dataverse.CheckCatalog',
    table: 'catalog',
    message: 'Create',
    stage: 20,
    async run({ target }) {
      requireName(database, target);
      requireParent(database, target['parentcatalogid'] as Lookup | null | undefined);
    },
  },
  {
    name: 'Dataverse.CheckCatalog',
    table: 'catalog',
    message: 'Update',
    stage: 20,
    async run({ id, target }) {
      if ('uniquename' in target) requireName(database, target, id);
    },
  },
  {
    name: 'Dataverse.CheckCatalogAssignment',
    table: 'catalogassignment',
    message: 'Create',
    stage: 20,
    async run({ target }) {
      requireCategory(database, target['catalogid'] as Lookup | null | undefined);
    },
  },
  ...(['Create', 'Update', 'Delete'] as const).map((message): Step => ({
    name: 'Dataverse.KeepEntity',
    table: 'entity',
    message,
    stage: 20,
    async run() {
      throw faults.messageNotSupported(message, 'entity');
    },
  })),
];

function requireName(database: Database, target: Row, id = ''): void {
  const name = String(target['uniquename'] ?? '');
  if (!namePattern.test(name))
    throw faults.invalidArgument(
      `The unique name '${name}' of a catalog begins with a customization prefix and an underscore, and has no spaces.`,
    );
  if (database.get('select 1 from catalog where uniquename = ? collate nocase and catalogid <> ?', [name, id]))
    throw faults.duplicateRow();
}

/** Two levels, no more: a category has no categories of its own. */
function requireParent(database: Database, parent: Lookup | null | undefined): void {
  if (parent && isCategory(database, parent.id))
    throw faults.invalidArgument('A catalog has two levels: the parent of a category is a root catalog.');
}

function requireCategory(database: Database, catalog: Lookup | null | undefined): void {
  if (catalog && !isCategory(database, catalog.id))
    throw faults.invalidArgument(
      'The catalog of a catalog assignment is a second-level catalog, which represents a category.',
    );
}

const isCategory = (database: Database, id: string): boolean =>
  database.get('select 1 from catalog where catalogid = ? and parentcatalogid is not null', [id]) !== undefined;
