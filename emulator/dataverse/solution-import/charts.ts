import { child, childText, children, elements, writeXml, type XmlElement } from '../../../packaging/index.ts';
import { labelIn } from '../metadata/labels.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { putComponent, putLabels } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

export function importCharts(call: ImportCall): void {
  for (const node of children(child(call.pkg.customizations, 'Entities'), 'Entity')) {
    const table = childText(node, 'Name').toLowerCase();
    for (const chart of children(child(node, 'Visualizations'), 'visualization')) importChart(call, table, chart);
  }
}

function importChart(call: ImportCall, table: string, chart: XmlElement): void {
  const id = plainId(childText(chart, 'savedqueryvisualizationid'));
  const name = labelIn(readChildLabels(chart, 'LocalizedNames')) || id;
  const inner = (parent: string) => {
    const element = child(chart, parent);
    const [first] = element === undefined ? [] : elements(element);
    if (first === undefined) throw refusal('badSchema', `The chart '${name}' of '${table}' has no ${parent}.`);
    return writeXml(first);
  };
  if (id === '') throw refusal('badSchema', `The chart '${name}' of '${table}' has no savedqueryvisualizationid.`);
  putComponent(call, 'savedqueryvisualization', {
    savedqueryvisualizationid: id,
    savedqueryvisualizationidunique: id,
    name,
    description: labelIn(readChildLabels(chart, 'Descriptions')) || null,
    primaryentitytypecode: table,
    datadescription: inner('datadescription'),
    presentationdescription: inner('presentationdescription'),
    isdefault: childText(chart, 'isdefault').toLowerCase() === 'true' || childText(chart, 'isdefault') === '1',
    ismanaged: call.isManaged,
  });
  putLabels(call, 'savedqueryvisualization', id, {
    name: readChildLabels(chart, 'LocalizedNames'),
    description: readChildLabels(chart, 'Descriptions'),
  });
}
