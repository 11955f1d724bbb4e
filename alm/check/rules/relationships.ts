import { attribute, child, childText, elements, type XmlElement } from '../../../packaging/index.ts';
import { repeated, type Checked } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';
import { leadsFrom } from './tables.ts';

const atRelationship = (node: XmlElement) => `relationship ${attribute(node, 'Name') ?? ''}`;
const lower = (node: XmlElement, name: string) => childText(node, name).toLowerCase();

/** Own lookups of the package: columns that must lead somewhere. */
function* lookups({ tables }: Checked, types: readonly string[]) {
  for (const table of tables)
    for (const [name, node] of table.columns)
      if (types.includes(childText(node, 'Type')) && childText(node, 'IsCustomField') === '1')
        yield { table, name, node, at: `column ${table.logicalName}.${name}` };
}

export const relationshipRules: readonly Rule[] = [
  {
    id: 'lookup-relationship',
    severity: 'error',
    code: '0x80048548',
    fails: 'The import stops at a lookup that no relationship leads from: only the relationship says where it leads.',
    mend: 'Add the relationship, or remove the column.',
    *check(solution) {
      for (const { table, name, node, at } of lookups(solution, ['lookup']))
        if (!solution.relationships.some((one) => leadsFrom(one, table, name)))
          yield { at, message: 'No relationship leads from it.', node };
    },
  },
  {
    id: 'customer-relationships',
    severity: 'error',
    code: '0x80048051',
    fails: 'The import refuses a customer column without its relationships to both account and contact.',
    mend: 'Add the relationship that is missing.',
    *check(solution) {
      for (const { table, name, node, at } of lookups(solution, ['customer'])) {
        const targets = solution.relationships
          .filter((one) => leadsFrom(one, table, name))
          .map((one) => lower(one, 'ReferencedEntityName'));
        for (const target of ['account', 'contact'])
          if (!targets.includes(target)) yield { at, message: `No relationship leads from it to ${target}.`, node };
      }
    },
  },
  {
    id: 'relationship-end',
    severity: 'error',
    code: '0x80048548',
    fails: 'The import refuses a relationship between tables or on a column that do not exist.',
    mend: 'Add the table or column to the solution, or correct the name.',
    check: (solution) => solution.relationships.flatMap((node) => [...missingEnds(node, solution)]),
  },
  {
    id: 'relationship-spelling',
    severity: 'warning',
    code: '',
    fails:
      'Nothing as far as is known; the platform itself writes tables and columns of relationships by their schema names.',
    mend: 'Write the name as in Entity/Name, or as in PhysicalName.',
    *check(solution) {
      for (const node of solution.relationships)
        for (const [element, right] of spellings(node, solution)) {
          const name = childText(node, element);
          if (right !== undefined && name !== right && name.toLowerCase() === right.toLowerCase())
            yield { at: atRelationship(node), message: `${element} is '${name}', not '${right}'.`, node };
        }
    },
  },
  {
    id: 'relationship-twice',
    severity: 'error',
    code: '0x80048834',
    fails: 'The import refuses two relationships of one name.',
    mend: 'Name one of them anew.',
    *check({ relationships }) {
      const names = relationships.map((node) => (attribute(node, 'Name') ?? '').toLowerCase());
      for (const name of repeated(names)) {
        const node = relationships[names.lastIndexOf(name)];
        yield { at: `relationship ${name}`, message: 'It is there twice.', node };
      }
    },
  },
  {
    id: 'relationship-roles',
    severity: 'error',
    code: '',
    fails: '"entity relationship role of the referencing entity is required": the import stops.',
    mend: 'Give the relationship EntityRelationshipRoles, with the navigation properties of both sides.',
    *check(solution) {
      for (const { table, name, at } of lookups(solution, ['lookup', 'customer']))
        for (const node of solution.relationships.filter((one) => leadsFrom(one, table, name))) {
          const roles = child(node, 'EntityRelationshipRoles');
          if (roles === undefined || elements(roles).length === 0)
            yield { at, message: `The relationship ${attribute(node, 'Name')} has no roles.`, node };
        }
    },
  },
  {
    id: 'cascade-required',
    severity: 'error',
    code: '0x80048104',
    fails: 'The import refuses to empty a lookup that must not be empty when the row it leads to is deleted.',
    mend: 'Set CascadeDelete to Restrict or Cascade, or make the column optional.',
    *check(solution) {
      for (const node of solution.relationships.filter((one) => childText(one, 'CascadeDelete') === 'RemoveLink')) {
        const column = solution
          .table(childText(node, 'ReferencingEntityName'))
          ?.columns.get(lower(node, 'ReferencingAttributeName'));
        if (column !== undefined && /required$/.test(childText(column, 'RequiredLevel')))
          yield {
            at: atRelationship(node),
            message: `${childText(node, 'ReferencingAttributeName')} is required.`,
            node,
          };
      }
    },
  },
];

const ends = ['ReferencingEntityName', 'ReferencedEntityName', 'FirstEntityName', 'SecondEntityName'];

function* missingEnds(node: XmlElement, solution: Checked): Generator<Complaint> {
  const at = atRelationship(node);
  for (const end of ends) {
    const name = childText(node, end);
    if (name !== '' && solution.lacksTable(name)) yield { at, message: `There is no table '${name}'.`, node };
  }
  const table = solution.table(childText(node, 'ReferencingEntityName'));
  const column = childText(node, 'ReferencingAttributeName');
  if (table !== undefined && column !== '' && solution.lacksColumn(table, column))
    yield { at, message: `${table.logicalName} has no column '${column}'.`, node };
}

/** Each name of a relationship with the one the package's own tables and columns have. */
function spellings(node: XmlElement, solution: Checked): (readonly [string, string | undefined])[] {
  const table = solution.table(childText(node, 'ReferencingEntityName'));
  const column = table?.columns.get(lower(node, 'ReferencingAttributeName'));
  return [
    ...ends.map((end) => [end, solution.table(childText(node, end))?.name] as const),
    ['ReferencingAttributeName', attribute(column, 'PhysicalName')],
  ];
}
