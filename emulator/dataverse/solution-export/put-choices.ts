import { attribute, children } from '../../../packaging/index.ts';
import { componentType } from '../customizing/solution-members.ts';
import { dropNodes, listIn, putNode, type ExportCall } from './export-call.ts';

/** Global choices of the solution. */
export function putChoices(call: ExportCall): void {
  const list = listIn(call.pkg, 'optionsets');
  const wanted = [...call.catalogue.globalChoices()].filter(({ metadataId }) =>
    call.scope.has(componentType.choice, metadataId),
  );
  const names = new Set(wanted.map(({ name }) => name));
  dropNodes(list, (node) => !names.has(attribute(node, 'Name') ?? ''));
  for (const { name } of wanted) {
    const there = children(list, 'optionset').find((one) => attribute(one, 'Name') === name);
    putNode(call, list, there, { kind: 'choice', parent: '', name });
  }
}
