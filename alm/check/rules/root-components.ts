import { attribute, rootComponentProblems } from '../../../packaging/index.ts';
import type { Checked } from '../checked.ts';
import type { Complaint, Rule } from '../rule.ts';

function* problems({ solution, manifest }: Checked, code: string): Generator<Complaint> {
  for (const { message, code: found } of rootComponentProblems(solution))
    if (found === code) yield { at: 'solution.xml', message: `RootComponents ${message}`, node: manifest };
}

const byName = [1, 9, 50, 61, 62, 66, 80, 300, 431, 432];
const byId = [20, 29, 60, 63, 70, 92, 95, 401];

/** The list of root components against the content, and the form of its entries. */
export const rootComponentRules: readonly Rule[] = [
  {
    id: 'root-component-missing',
    severity: 'error',
    code: '0x8004801F',
    fails: 'The import refuses a root component that is neither in the file nor in the target.',
    mend: 'Add the component, or take the entry out of RootComponents.',
    check: (solution) => problems(solution, '0x8004801F'),
  },
  {
    id: 'root-component-unlisted',
    severity: 'error',
    code: '0x8004803A',
    fails: 'The import refuses a component that is not declared as a root component.',
    mend: 'List it in RootComponents.',
    check: (solution) => problems(solution, '0x8004803A'),
  },
  {
    id: 'root-component-twice',
    severity: 'error',
    code: '0x80071153',
    fails: 'The import refuses a component that is listed twice.',
    mend: 'Take one of the entries out of RootComponents.',
    check: (solution) => problems(solution, '0x80071153'),
  },
  {
    id: 'root-component-key',
    severity: 'error',
    code: '0x8004801F',
    fails: 'The import does not find a component whose key is in another form than the platform writes.',
    mend: 'Use schemaName or a braced id in lower case, as the type asks; tables go by their lower-case logical name.',
    *check(solution) {
      for (const node of solution.roots()) {
        const [type, name, id] = [
          Number(attribute(node, 'type')),
          attribute(node, 'schemaName'),
          attribute(node, 'id'),
        ];
        const at = `root component ${attribute(node, 'type') ?? 'without type'} ${name ?? id ?? ''}`.trim();
        if (!Number.isInteger(type)) yield { at, message: 'Its type is no number.', node };
        if (byName.includes(type) && name === undefined && type !== 62)
          yield { at, message: 'It needs schemaName.', node };
        if (type === 1 && name !== name?.toLowerCase()) yield { at, message: 'The table is not in lower case.', node };
        if (byId.includes(type) && !/^\{[0-9a-f-]{36}\}$/.test(id ?? ''))
          yield { at, message: 'It needs a braced id in lower case.', node };
      }
    },
  },
  {
    id: 'root-component-type',
    severity: 'error',
    code: '0x8004801F',
    fails:
      'The import refuses connection references and components whose type number differs from one environment to the next.',
    mend: 'Take the entry out: these components travel without one.',
    *check(solution) {
      for (const node of solution.roots()) {
        const type = Number(attribute(node, 'type'));
        if (type === 371 || type > 10_000)
          yield { at: `root component ${type}`, message: `Type ${type} is never listed.`, node };
      }
    },
  },
  {
    id: 'root-component-variable',
    severity: 'warning',
    code: '',
    fails: 'Nothing as far as is known; the platform itself does not list environment variables.',
    mend: 'Take the entry of type 380 or 381 out of RootComponents.',
    *check(solution) {
      for (const node of solution.roots())
        if (/^38[01]$/.test(attribute(node, 'type') ?? ''))
          yield { at: `root component 380 ${attribute(node, 'schemaName') ?? ''}`, message: 'It is listed.', node };
    },
  },
];
