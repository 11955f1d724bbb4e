import { attribute, child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { faults } from '../faults.ts';
import { plainId, putComponent, type ImportCall } from './import-platform.ts';

const cloudFlow = 5;

/** Imports cloud flows; a flow that is there already stays on or off as it is. Other processes are kept without effect. */
export function importWorkflows(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Workflows'), 'Workflow')) {
    const category = Number(childText(node, 'Category'));
    const name = attribute(node, 'Name') ?? '';
    if (category !== cloudFlow)
      call.warnings.push(
        `The process '${name}' of category ${category} is kept, but not run: only cloud flows are emulated.`,
      );
    putComponent(
      call,
      'workflow',
      {
        workflowid: plainId(attribute(node, 'WorkflowId') ?? ''),
        name,
        category,
        type: Number(childText(node, 'Type') || 1),
        mode: Number(childText(node, 'Mode') || 0),
        scope: Number(childText(node, 'Scope') || 4),
        primaryentity: childText(node, 'PrimaryEntity') || 'none',
        clientdata: category === cloudFlow ? definitionOf(call, node, name) : null,
        statecode: Number(childText(node, 'StateCode') || 0),
        statuscode: Number(childText(node, 'StatusCode') || 1),
        ismanaged: call.isManaged,
      },
      ['statecode', 'statuscode'],
    );
  }
}

function definitionOf(call: ImportCall, node: XmlElement, name: string): string {
  const path = childText(node, 'JsonFileName').replace(/^\//, '');
  const content = call.pkg.files.get(path);
  if (content === undefined)
    throw faults.import('0x80060468', `The definition '${path}' of the flow '${name}' is not in the package.`);
  const text = content.toString('utf8');
  try {
    JSON.parse(text);
  } catch (error) {
    throw faults.import(
      '0x80060468',
      `Flow client data is in invalid format. ('${name}': ${(error as Error).message})`,
    );
  }
  return text;
}
