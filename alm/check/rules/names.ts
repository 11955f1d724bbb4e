import { attribute, child, children, childText, type XmlElement } from '../../../packaging/index.ts';
import { logicalNameOf, type Checked } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

interface Named {
  readonly at: string;
  readonly name: string;
  readonly node?: XmlElement | undefined;
  readonly file?: string;
}

/** Every name that must carry a prefix. */
function* names(solution: Checked): Generator<Named> {
  for (const table of solution.tables) yield* namesOfTable(table);
  for (const [what, list, element, nameOf] of listed)
    for (const node of solution.list(list, element)) yield { at: what, name: nameOf(node), node };
  for (const { kind, path, root } of solution.ownFiles) {
    const [what, key] = own[`${kind} ${root?.name}`] ?? [];
    const name = attribute(root, key ?? '');
    if (what !== undefined && name !== undefined) yield { at: what, name, file: path };
  }
}

function* namesOfTable(table: Checked['tables'][number]): Generator<Named> {
  const { logicalName, info, node } = table;
  if (table.isNew) yield { at: `table ${logicalName}`, name: table.name, node };
  for (const column of table.columns.values())
    if (childText(column, 'IsCustomField') === '1')
      yield { at: `column ${logicalName}.${logicalNameOf(column)}`, name: logicalNameOf(column), node: column };
  for (const key of children(child(info, 'EntityKeys'), 'EntityKey'))
    yield { at: `key of ${logicalName}`, name: childText(key, 'LogicalName'), node: key };
}

const listed: readonly (readonly [
  what: string,
  list: string,
  element: string,
  nameOf: (node: XmlElement) => string,
])[] = [
  ['choice', 'optionsets', 'optionset', (node) => attribute(node, 'Name') ?? ''],
  ['web resource', 'WebResources', 'WebResource', (node) => childText(node, 'Name')],
  ['app', 'AppModules', 'AppModule', (node) => childText(node, 'UniqueName')],
  ['site map', 'AppModuleSiteMaps', 'AppModuleSiteMap', (node) => childText(node, 'SiteMapUniqueName')],
  ['control', 'CustomControls', 'CustomControl', (node) => childText(node, 'Name')],
  [
    'connection reference',
    'connectionreferences',
    'connectionreference',
    (node) => attribute(node, 'connectionreferencelogicalname') ?? '',
  ],
];

const own: Readonly<Record<string, readonly [what: string, key: string]>> = {
  'environmentvariabledefinitions environmentvariabledefinition': ['environment variable', 'schemaname'],
  'appactions appaction': ['command', 'uniquename'],
  'customapis customapi': ['custom API', 'uniquename'],
  'catalogs catalog': ['catalog', 'uniquename'],
};

/** A prefix and what follows it; names of the platform itself have none. */
const hasPrefix = (name: string) => /^[a-z][a-z0-9]{1,7}_/i.test(name);

function* complaints(solution: Checked, isWrong: (name: string) => boolean, why: string): Generator<Complaint> {
  for (const { name, ...where } of names(solution)) if (isWrong(name)) yield { ...where, message: `'${name}' ${why}.` };
}

/** Names and the prefix of the publisher. */
export const nameRules: readonly Rule[] = [
  {
    id: 'name-prefix',
    severity: 'error',
    code: '0x80048062',
    fails: 'The import refuses components whose name has no prefix (web resources 0x8004F118, commands 0x800608AD).',
    mend: "Begin the name with the publisher's prefix and an underscore.",
    check: (solution) => complaints(solution, (name) => !hasPrefix(name), 'has no prefix'),
  },
  {
    id: 'foreign-prefix',
    severity: 'warning',
    code: '',
    fails: 'Nothing at import, but the component is of another publisher and may change hands with this solution.',
    mend: 'Move the component to the solution of its publisher, or name it anew.',
    check: (solution) =>
      complaints(
        solution,
        (name) => hasPrefix(name) && !solution.isOwn(name),
        `does not begin with ${solution.prefix}_, the prefix of the publisher`,
      ),
  },
  {
    id: 'name-length',
    severity: 'error',
    code: '0x8004802A',
    fails: 'The import refuses relationships whose name is longer than 100 characters.',
    mend: 'Shorten the name.',
    *check({ relationships }) {
      for (const node of relationships) {
        const name = attribute(node, 'Name') ?? '';
        if (name.length > 100) yield { at: `relationship ${name}`, message: `It has ${name.length} characters.`, node };
      }
    },
  },
];
