import { attribute, childText, type XmlElement } from '../../../packaging/index.ts';
import { plainId, repeated, type Checked } from '../checked.ts';
import type { Rule } from '../rule.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface WithId {
  readonly kind: string;
  readonly at: string;
  readonly id: string;
  readonly node: XmlElement;
}

/** Components that are found by their id. */
function withIds(solution: Checked): WithId[] {
  const { forms, views, webResources } = solution;
  return [
    ...forms.map(({ at, id, node }) => ({ kind: 'form', at, id, node })),
    ...views.map(({ at, id, node }) => ({ kind: 'view', at, id, node })),
    ...[...webResources].map(([name, node]) => ({
      kind: 'web resource',
      at: `web resource ${name}`,
      id: plainId(childText(node, 'WebResourceId')),
      node,
    })),
    ...solution.list('Roles', 'Role').map((node) => ({
      kind: 'role',
      at: `role ${attribute(node, 'name')}`,
      id: plainId(attribute(node, 'id')),
      node,
    })),
    ...solution.list('Workflows', 'Workflow').map((node) => ({
      kind: 'process',
      at: `process ${attribute(node, 'Name')}`,
      id: plainId(attribute(node, 'WorkflowId')),
      node,
    })),
  ];
}

/** Ids of components. */
export const idRules: readonly Rule[] = [
  {
    id: 'id-form',
    severity: 'error',
    code: '0x8004801A',
    fails: 'The schema of customizations.xml refuses ids that are no GUIDs.',
    mend: 'Give the component a GUID, and the same in every place that names it.',
    *check(solution) {
      for (const { at, id, node } of withIds(solution))
        if (!guid.test(id)) yield { at, message: `'${id}' is no GUID.`, node };
    },
  },
  {
    id: 'id-twice',
    severity: 'error',
    code: '',
    fails: '"An item with the same key has already been added": two components of one kind have one id.',
    mend: 'Give one of them another id.',
    *check(solution) {
      // A form may stand in more than one group of its table.
      const all = [...new Map(withIds(solution).map((one) => [`${one.kind} ${one.id} ${one.at}`, one])).values()];
      for (const key of repeated(all.map(({ kind, id }) => `${kind} ${id}`))) {
        const owners = all.filter(({ kind, id }) => `${kind} ${id}` === key);
        const { at, id, node } = owners[1]!;
        yield { at, message: `It has the id ${id} of ${owners[0]!.at}.`, node };
      }
    },
  },
];
