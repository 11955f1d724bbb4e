import { attribute, childText, children, xmlElement, type XmlElement } from '../../../packaging/index.ts';
import type { SqlRow } from '../../storage/index.ts';
import { labelsNode, textNode } from '../customizing/nodes.ts';
import { componentType } from '../customizing/solution-members.ts';
import { plainId } from '../solution-import/import-platform.ts';
import { dropNodes, listIn, type ExportCall } from './export-call.ts';

export const cloudFlow = 5;

/** Cloud flows of the solution with their definitions as they are now; other processes stay as the package has them. */
export function putFlows(call: ExportCall): void {
  const { database, scope, pkg } = call;
  const rows = database
    .all('select workflowid, name, description, category, clientdata, statecode, statuscode from workflow')
    .filter((row) => scope.has(componentType.workflow, String(row['workflowid'])));
  const list = listIn(pkg, 'Workflows');
  const present = new Set(rows.map((row) => String(row['workflowid'])));
  for (const node of children(list, 'Workflow')) if (!present.has(idOf(node))) pkg.files.delete(pathOf(node));
  dropNodes(list, (node) => !present.has(idOf(node)));
  const there = new Map(children(list, 'Workflow').map((node) => [idOf(node), node]));
  for (const row of rows.filter(({ category }) => category === cloudFlow)) {
    const id = String(row['workflowid']);
    const node = there.get(id) ?? newNode(row);
    if (!there.has(id)) list.children.push(node);
    const definition = Buffer.from(String(row['clientdata'] ?? ''));
    if (pkg.files.get(pathOf(node))?.equals(definition) !== true) pkg.files.set(pathOf(node), definition);
  }
}

const idOf = (node: XmlElement) => plainId(attribute(node, 'WorkflowId') ?? '');
const pathOf = (node: XmlElement) => childText(node, 'JsonFileName').replace(/^\//, '');

/** Letters and digits of the name, and the id: what the platform calls the file of a flow. */
function newNode(row: SqlRow): XmlElement {
  const [id, name] = [String(row['workflowid']), String(row['name'] ?? '')];
  const stem = name.replace(/[^A-Za-z0-9]/g, '') || 'Flow';
  const before: Readonly<Record<string, number>> = {
    Type: 1,
    Subprocess: 0,
    Category: cloudFlow,
    Mode: 0,
    Scope: 4,
    OnDemand: 0,
    TriggerOnCreate: 0,
    TriggerOnDelete: 0,
    AsyncAutodelete: 0,
    SyncWorkflowLogOnFailure: 0,
    StateCode: Number(row['statecode'] ?? 0),
    StatusCode: Number(row['statuscode'] ?? 1),
    RunAs: 1,
    IsTransacted: 1,
  };
  return xmlElement('Workflow', { WorkflowId: `{${id}}`, Name: name }, [
    textNode('JsonFileName', `/Workflows/${stem}-${id.toUpperCase()}.json`),
    ...Object.entries(before).map(([element, value]) => textNode(element, value)),
    textNode('IntroducedVersion', '1.0'),
    textNode('IsCustomizable', '1'),
    textNode('BusinessProcessType', '0'),
    textNode('IsCustomProcessingStepAllowedForOtherPublishers', '1'),
    textNode('PrimaryEntity', 'none'),
    labelsNode('LocalizedNames', 'LocalizedName', { 1033: name }),
  ]);
}
