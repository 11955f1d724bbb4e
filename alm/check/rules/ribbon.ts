import { attribute, child, descendants, elements, type XmlElement } from '../../../packaging/index.ts';
import { repeated, valuesOf, type Checked } from '../checked.ts';
import type { Rule } from '../rule.ts';

interface Ribbon {
  readonly at: string;
  readonly node: XmlElement;
}

/** Ribbon differences of the tables, and the one of the application. */
function ribbonsOf({ tables, customizations }: Checked): Ribbon[] {
  const application = child(customizations, 'RibbonDiffXml');
  return [
    ...tables.flatMap(({ logicalName, node }) => {
      const ribbon = child(node, 'RibbonDiffXml');
      return ribbon === undefined ? [] : [{ at: `ribbon of ${logicalName}`, node: ribbon }];
    }),
    ...(application === undefined ? [] : [{ at: 'ribbon of the application', node: application }]),
  ];
}

/** Where each kind of thing is defined in a ribbon difference. */
const definitions: readonly (readonly [list: string, element: string])[] = [
  ['CustomActions', 'CustomAction'],
  ['CommandDefinitions', 'CommandDefinition'],
  ['DisplayRules', 'DisplayRule'],
  ['EnableRules', 'EnableRule'],
  ['LocLabels', 'LocLabel'],
];

/** Definitions stand right below the ribbon or its `RuleDefinitions`; references to rules stand in commands. */
function defined({ node }: Ribbon, list: string, element: string): string[] {
  const holder = list.endsWith('Rules') ? child(node, 'RuleDefinitions') : node;
  const found = child(holder, list);
  return found === undefined
    ? []
    : elements(found)
        .filter(({ name }) => name === element)
        .flatMap((one) => attribute(one, 'Id') ?? []);
}

const isOfThePlatform = (id: string) => /^Mscrm\./i.test(id);

export const ribbonRules: readonly Rule[] = [
  {
    id: 'ribbon-id-twice',
    severity: 'error',
    code: '0x8004F10B',
    fails: 'The import of the ribbon stops: two of its parts have one id.',
    mend: 'Give each action, command, rule and label an id of its own.',
    *check(solution) {
      for (const ribbon of ribbonsOf(solution))
        for (const [list, element] of definitions)
          for (const id of repeated(defined(ribbon, list, element)))
            yield { at: ribbon.at, message: `Two ${element} have the id '${id}'.`, node: ribbon.node };
    },
  },
  {
    id: 'ribbon-id-length',
    severity: 'error',
    code: '0x8004F10C',
    fails: 'The import refuses ids of the ribbon over 128 characters.',
    mend: 'Shorten the id.',
    *check(solution) {
      for (const ribbon of ribbonsOf(solution))
        for (const [list, element] of definitions)
          for (const id of defined(ribbon, list, element).filter(({ length }) => length > 128))
            yield { at: ribbon.at, message: `'${id.slice(0, 40)}…' has ${id.length} characters.`, node: ribbon.node };
    },
  },
  {
    id: 'ribbon-reference',
    severity: 'error',
    code: '0x80048031',
    fails:
      'The import of the ribbon stops, or the button does nothing: it names a command, rule or label that is not defined.',
    mend: 'Define it in the same ribbon, or name one of the platform (Mscrm.…).',
    *check(solution) {
      for (const ribbon of ribbonsOf(solution)) {
        const there = (list: string, element: string) => new Set(defined(ribbon, list, element));
        const named: readonly (readonly [string, Set<string>, string[]])[] = [
          ['command', there('CommandDefinitions', 'CommandDefinition'), commandsOf(ribbon)],
          ['display rule', there('DisplayRules', 'DisplayRule'), rulesOf(ribbon, 'DisplayRule')],
          ['enable rule', there('EnableRules', 'EnableRule'), rulesOf(ribbon, 'EnableRule')],
          ['label', there('LocLabels', 'LocLabel'), labelsOf(ribbon.node)],
        ];
        for (const [what, known, ids] of named)
          for (const id of new Set(ids))
            if (id !== '' && !known.has(id) && !isOfThePlatform(id))
              yield { at: ribbon.at, message: `There is no ${what} '${id}'.`, node: ribbon.node };
      }
    },
  },
];

const commandsOf = ({ node }: Ribbon) => {
  const actions = child(node, 'CustomActions');
  return actions === undefined ? [] : [...allElements(actions)].flatMap((one) => attribute(one, 'Command') ?? []);
};
const rulesOf = ({ node }: Ribbon, element: string) => {
  const commands = child(node, 'CommandDefinitions');
  return commands === undefined ? [] : valuesOf(commands, element, 'Id');
};
const labelsOf = (node: XmlElement) =>
  [...allElements(node)].flatMap((one) =>
    [...one.attributes.values()].flatMap((value) => /^\$LocLabels:(.+)$/.exec(value)?.[1] ?? []),
  );

function* allElements(node: XmlElement): Generator<XmlElement> {
  yield node;
  for (const inner of elements(node)) yield* allElements(inner);
}

/** Dependencies that are spelt out, such as images of buttons and icons of apps. */
export const referenceRules: readonly Rule[] = [
  {
    id: 'web-resource-missing',
    severity: 'error',
    code: '0x8004801D',
    fails: 'The import stops at a web resource that something refers to and neither package nor target have.',
    mend: 'Add the web resource to the solution, or correct the name.',
    *check(solution) {
      for (const node of allElements(solution.customizations))
        for (const value of [...node.attributes.values(), ...textsOf(node)]) {
          const name = /^\$webresource:([\w./-]+)/i.exec(value)?.[1] ?? '';
          if (name !== '' && !solution.webResources.has(name) && solution.lacks(name))
            yield { at: `<${node.name}>`, message: `${value} is not in the package.`, node };
        }
    },
  },
  {
    id: 'dependency-active',
    severity: 'warning',
    code: '0x8004801D',
    fails:
      'The import stops where the target lacks what was only an unmanaged change in the environment of the export.',
    mend: 'Put the required component into a solution, and export again.',
    *check(solution) {
      for (const node of solution.missingDependencies()) {
        if (attribute(node, 'solution') !== 'Active') continue;
        const name = attribute(node, 'displayName') ?? attribute(node, 'schemaName') ?? '';
        yield {
          at: 'solution.xml',
          message: `'${name}' comes from the active layer of the source, not from a solution.`,
          node,
        };
      }
    },
  },
  {
    id: 'attribute-map',
    severity: 'error',
    code: '0x80048548',
    fails: 'The import refuses a column mapping of tables or columns that do not exist.',
    mend: 'Correct the mapping in EntityMaps, or take it out.',
    *check(solution) {
      for (const node of solution.list('EntityMaps', 'EntityMap'))
        for (const [element, key] of [
          ['EntitySource', 'AttributeSource'],
          ['EntityTarget', 'AttributeTarget'],
        ] as const) {
          const name = textsOf(child(node, element)).join('').trim();
          const at = `mapping of ${name}`;
          if (solution.lacksTable(name)) yield { at, message: `There is no table '${name}'.`, node };
          const table = solution.table(name);
          for (const map of table === undefined ? [] : descendants(node, key)) {
            const column = textsOf(map).join('').trim();
            if (solution.lacksColumn(table!, column))
              yield { at, message: `${name} has no column '${column}'.`, node: map };
          }
        }
    },
  },
];

const textsOf = (node: XmlElement | undefined) =>
  node === undefined
    ? []
    : node.children.flatMap((part) => (part.kind === 'text' || part.kind === 'cdata' ? [part.text.trim()] : []));
