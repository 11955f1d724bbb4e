import { fault } from './fault.ts';

/** What is said of changes to metadata, and of solutions. */
export const customizing = {
  solutionBusy: (what: string, running: string) =>
    fault(
      'solutionBusy',
      '0x80071151',
      429,
      `Cannot start another [${what}] because there is a previous [${running}] running at this moment. Use Solution History for more details.`,
    ),
  managedSolution: (name: string) =>
    fault('managedSolution', '0x8004F024', 400, `Cannot update solution '${name}' because it is a managed solution.`),
  managedComponent: (table: string, id: string) =>
    fault(
      'managedComponent',
      '0x8004F032',
      400,
      `The 'Delete' operation on the current component(name='${table}', id='${id}') failed during managed property evaluation of condition: 'The component is part of a managed solution; it goes when the solution is uninstalled.'`,
    ),
  tableExists: (name: string) =>
    fault(
      'tableExists',
      '0x8004700b',
      400,
      `An entity with the specified name ${name} already exists. Please specify a unique name.`,
      { table: name },
    ),
  columnExists: (column: string, table: string) =>
    fault(
      'columnExists',
      '0x80047013',
      400,
      `An attribute with the specified name already exists: ${column} of the entity ${table}.`,
      { table, column },
    ),
  componentExists: (what: string, name: string) =>
    fault(
      'componentExists',
      '0x80047010',
      400,
      `An object with the specified name already exists: the ${what} '${name}'.`,
    ),
  keyExists: (key: string, table: string) =>
    fault('keyExists', '0x80060893', 400, `An entity key with the name ${key} already exists on the entity ${table}.`),
  invalidKey: (message: string) => fault('invalidKey', '0x8006089f', 400, message),
  optionTaken: (value: number) =>
    fault(
      'optionTaken',
      '0x80044310',
      400,
      `The picklist value already exists.  Picklist values must be unique. (${value})`,
      { value },
    ),
  optionNotFound: (value: unknown, choice: string) =>
    fault('optionNotFound', '0x80040203', 400, `The choice '${choice}' has no option with the value ${String(value)}.`),
  choiceNotFound: (name: string) =>
    fault('choiceNotFound', '0x80040217', 404, `Could not find an option set with the name or id '${name}'.`),
  componentInUse: (what: string, id: string, dependents: readonly string[]) =>
    fault(
      'componentInUse',
      '0x8004f01f',
      400,
      `The ${what}(${id}) component cannot be deleted because it is referenced by ${dependents.length} other components. For a list of referenced components, use the RetrieveDependenciesForDeleteRequest. They are: ${dependents.join(', ')}.`,
      { dependents },
    ),
  choiceInUse: (tables: readonly string[]) =>
    fault(
      'choiceInUse',
      '0x80048417',
      400,
      `This option set cannot be deleted. The current set of entities that reference this option set are: ${tables.join(', ')}. These references must be removed before this option set can be deleted`,
    ),
  notCustomTable: (table: string) =>
    fault('notCustomTable', '0x80047008', 400, `The specified entity is not customizable: ${table}.`),
  notCustomColumn: (column: string) =>
    fault('notCustomColumn', '0x80047009', 400, `The specified attribute is not a custom attribute: ${column}.`),
  notCustomRelationship: (name: string) =>
    fault(
      'notCustomRelationship',
      '0x8004700a',
      400,
      `The specified relationship is not a custom relationship: ${name}.`,
    ),
  primaryNameStays: () =>
    fault('primaryNameStays', '0x80047002', 400, 'The Primary UI Attribute is not valid for deletion'),
  primaryNameMissing: (table: string) =>
    fault('primaryNameMissing', '0x80044355', 400, `PrimaryName attribute not found for Entity: ${table}`),
  primaryNameType: () => fault('primaryNameType', '0x8004700e', 400, 'Primary UI Attribute has to be of type String'),
  parentTwice: () => fault('parentTwice', '0x80047007', 400, 'An entity can have only one parental relationship'),
  invalidOwnership: () =>
    fault('invalidOwnership', '0x8004700d', 400, 'The specified ownership type mask is not valid for this operation'),
  onlyChoiceOptions: () =>
    fault('onlyChoiceOptions', '0x80044323', 400, 'You can delete options only from picklist and status attributes.'),
  managedDelete: (name: string, id: string) =>
    fault(
      'managedDelete',
      '0x8004F032',
      400,
      `The 'Delete' operation on the current component(name='${name}', id='${id}') failed during managed property evaluation of condition: 'Managed Property Name: iscustomizable; Component Name: ${name}; The evaluation of the current component is managed.'`,
    ),
  solutionNameTaken: (name: string) =>
    fault(
      'solutionNameTaken',
      '0x80048047',
      400,
      `The solution unique name '${name}' is already being used and cannot be used again.`,
    ),
  exportManaged: () =>
    fault(
      'exportManaged',
      '0x80048036',
      400,
      'An error occurred while exporting a solution. Managed solutions cannot be exported.',
    ),
} as const;
