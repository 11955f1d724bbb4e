import { attribute, child, childText, children, type XmlElement } from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import { checkFlow } from './check-flow.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { putComponent } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

const cloudFlow = 5;

/** Imports cloud flows; a flow that is there already stays on or off as it is. Other processes are kept without effect. */
export function importWorkflows(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Workflows'), 'Workflow')) importWorkflow(call, node);
}

function importWorkflow(call: ImportCall, node: XmlElement): void {
  const category = Number(childText(node, 'Category'));
  const workflowid = plainId(attribute(node, 'WorkflowId') ?? '');
  const name = attribute(node, 'Name') ?? workflowid;
  if (workflowid === '') throw refusal('badSchema', `The process '${name}' has no WorkflowId.`);
  if (category !== cloudFlow)
    call.warnings.push(
      `The process '${name}' of category ${category} is kept, but not run: only cloud flows are emulated.`,
    );
  putComponent(
    call,
    'workflow',
    {
      workflowid,
      workflowidunique: workflowid,
      name,
      description: labelIn(readChildLabels(node, 'Descriptions')) || (attribute(node, 'Description') ?? null),
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

function definitionOf(call: ImportCall, node: XmlElement, name: string): string {
  const path = childText(node, 'JsonFileName').replace(/^\//, '');
  const content = call.pkg.files.get(path);
  if (content === undefined)
    throw refusal('badFlow', `The definition '${path}' of the flow '${name}' is not in the package.`);
  const text = content.toString('utf8');
  checkFlow(call, name, text);
  return text;
}
