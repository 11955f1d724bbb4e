import {
  attribute,
  child,
  childAnyCase,
  children,
  childText,
  elements,
  noAttributes,
  text,
  xmlElement,
  type XmlElement,
} from '../xml/index.ts';
import { formTypes } from './layout.ts';
import type { UnpackedFiles } from './unpacked-files.ts';

/** Moves every table into a folder of its own, with its forms, views, charts and ribbon; the placeholders stay. */
export function splitTables(frame: XmlElement, out: UnpackedFiles, suffix: string): void {
  const list = child(frame, 'Entities');
  if (list === undefined || elements(list).length === 0) return;
  if (elements(list).some((table) => table.name !== 'Entity' || childText(table, 'Name') === '')) return;
  for (const table of elements(list)) {
    const folder = `Entities/${childText(table, 'Name')}`;
    splitForms(table, folder, out, suffix);
    splitViews(table, folder, out);
    splitCharts(table, folder, out);
    splitRibbon(table, folder, out);
    out.putXml(`${folder}/Entity.xml`, table);
  }
  list.children = [];
}

const idOf = (component: XmlElement, name: string) => text(childAnyCase(component, name)).toLowerCase();
/** Whether every component has an id, and one of its own. */
const areDistinct = (ids: readonly string[]) => !ids.includes('') && new Set(ids).size === ids.length;

function splitForms(table: XmlElement, folder: string, out: UnpackedFiles, suffix: string): void {
  const frame = child(table, 'FormXml');
  if (frame === undefined || elements(frame).length === 0) return;
  const groups = elements(frame);
  const isUsual = groups.every((group) => isGroup(group, 'forms', 'systemform', ['type']));
  if (!isUsual || !groups.every((group) => formTypes.includes(attribute(group, 'type') ?? ''))) return;
  const forms = groups.flatMap((group) =>
    elements(group).map((form) => ({ form, path: `${attribute(group, 'type')}/${idOf(form, 'formid')}` })),
  );
  if (!areDistinct(forms.map(({ path }) => path)) || forms.some(({ path }) => path.endsWith('/'))) return;
  for (const { form, path } of forms) out.putXml(`${folder}/FormXml/${path}${suffix}`, xmlElement('forms', {}, [form]));
  frame.children = [];
}

function splitViews(table: XmlElement, folder: string, out: UnpackedFiles): void {
  const frame = child(table, 'SavedQueries');
  const [group, second] = frame === undefined ? [] : elements(frame);
  if (frame === undefined || group === undefined || second !== undefined) return;
  const views = elements(group);
  const ids = views.map((view) => idOf(view, 'savedqueryid'));
  if (!isGroup(group, 'savedqueries', 'savedquery', []) || !areDistinct(ids)) return;
  views.forEach((view, place) =>
    out.putXml(`${folder}/SavedQueries/${ids[place]}.xml`, xmlElement('savedqueries', {}, [view])),
  );
  frame.children = [];
}

function splitCharts(table: XmlElement, folder: string, out: UnpackedFiles): void {
  const frame = child(table, 'Visualizations');
  if (frame === undefined || elements(frame).length === 0) return;
  const charts = children(frame, 'visualization');
  const ids = charts.map((chart) => idOf(chart, 'savedqueryvisualizationid'));
  if (charts.length < elements(frame).length || !areDistinct(ids)) return;
  charts.forEach((chart, place) => out.putXml(`${folder}/Visualizations/${ids[place]}.xml`, chart));
  frame.children = [];
}

function splitRibbon(table: XmlElement, folder: string, out: UnpackedFiles): void {
  const frame = child(table, 'RibbonDiffXml');
  if (frame === undefined || elements(frame).length === 0) return;
  out.putXml(`${folder}/RibbonDiff.xml`, { ...frame });
  Object.assign(frame, { children: [], attributes: noAttributes });
}

/** A group that holds these components and nothing beside them. */
function isGroup(group: XmlElement, name: string, component: string, known: readonly string[]): boolean {
  const attributes = [...group.attributes.keys()].filter((key) => key !== 'xmlns:xsi');
  const inner = elements(group);
  return (
    group.name === name &&
    attributes.every((key) => known.includes(key)) &&
    inner.length > 0 &&
    inner.every((one) => one.name === component)
  );
}
