import type { Step } from '../contract.ts';
import type { Catalogue } from '../metadata/catalogue.ts';
import { faults } from '../faults.ts';
import { solutionsOfPlatform } from './default-solutions.ts';
import type { ImportPlatform } from './import-platform.ts';
import { uninstall } from './life-cycle.ts';
import { keepNewSolution, requireNewSolution, requirePublisher } from './new-solution.ts';
import { findSolution, setVersion } from './packages.ts';

interface Parts {
  platform(): ImportPlatform;
  /** Puts the metadata in force that an uninstall leaves, once it is through. */
  takeOver(metadata: Catalogue): void;
}

/** What deleting or changing a row of `solution` does beyond the row. */
export function solutionSteps({ platform, takeOver }: Parts): Step[] {
  return [
    {
      name: 'Dataverse.CheckPublisher',
      table: 'publisher',
      message: 'Create',
      stage: 20,
      async run({ id, target }) {
        if (typeof target['uniquename'] !== 'string') throw faults.requiredMissing('uniquename', 'publisher');
        target['customizationprefix'] ??= null;
        requirePublisher(platform(), id, target);
      },
    },
    {
      name: 'Dataverse.CheckPublisher',
      table: 'publisher',
      message: 'Update',
      stage: 20,
      async run({ id, target }) {
        requirePublisher(platform(), id, target);
      },
    },
    {
      name: 'Dataverse.CreateSolution',
      table: 'solution',
      message: 'Create',
      stage: 20,
      async run({ id, target }) {
        requireNewSolution(platform(), id, target);
      },
    },
    {
      name: 'Dataverse.CreateSolution',
      table: 'solution',
      message: 'Create',
      stage: 40,
      async run({ id, after }) {
        await keepNewSolution(platform(), id, after!);
      },
    },
    {
      name: 'Dataverse.Uninstall',
      table: 'solution',
      message: 'Delete',
      stage: 20,
      async run({ before }) {
        const parts = platform();
        if (solutionsOfPlatform.some((one) => one === before!['uniquename']))
          throw faults.invalidArgument(`The solution '${String(before!['uniquename'])}' is the platform's own.`);
        const solution = findSolution(parts.database, String(before!['uniquename']));
        if (solution !== undefined) takeOver(await uninstall(parts, solution));
      },
    },
    {
      name: 'Dataverse.ChangeSolution',
      table: 'solution',
      message: 'Update',
      stage: 20,
      async run({ before, target }) {
        const name = String(before!['uniquename']);
        if (before!['ismanaged'] === true) throw faults.managedSolution(name);
        const { version } = target;
        if (version === undefined) return;
        if (!/^\d+(\.\d+){1,3}$/.test(String(version)))
          throw faults.invalidArgument(
            `The version '${String(version)}' of '${name}' is not of the form major.minor[.build[.revision]].`,
          );
        setVersion(platform().database, name, String(version));
      },
    },
    ...managedTables.map(keepManaged),
  ];
}

/** Tables of components; a managed row of one goes with its solution, and not otherwise. */
const managedTables = [
  'appmodule',
  'catalog',
  'catalogassignment',
  'connectionreference',
  'customcontrol',
  'environmentvariabledefinition',
  'fieldsecurityprofile',
  'role',
  'savedquery',
  'savedqueryvisualization',
  'sitemap',
  'systemform',
  'webresource',
  'workflow',
];

function keepManaged(table: string): Step {
  return {
    name: 'Dataverse.KeepManaged',
    table,
    message: 'Delete',
    stage: 20,
    async run({ before, id, table: metadata }) {
      if (before!['ismanaged'] === true) throw faults.managedComponent(metadata.schemaName, id);
    },
  };
}
