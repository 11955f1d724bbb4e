import { attribute, child, childText, parseXml, type XmlElement } from '../../../packaging/index.ts';
import { stableId } from '../metadata/stable-id.ts';
import { plainId, type ImportCall } from './import-platform.ts';
import { requirePrefix } from './names.ts';
import { findComponent, putComponent, putLabels } from './put-component.ts';
import { readChildLabels } from './read-labels.ts';
import { refusal } from './refusals.ts';

const folder = 'appactions/';
const formula = 1;
const classicRules = 2;

/** Commands of model-driven apps: one file each, named after the command. */
export function importAppActions(call: ImportCall): void {
  const files = [...call.pkg.files].filter(([path]) => path.startsWith(folder) && path.endsWith('/appaction.xml'));
  for (const [path, content] of files) importAppAction(call, path, parseXml(content, path));
}

function importAppAction(call: ImportCall, path: string, node: XmlElement): void {
  const name = attribute(node, 'uniquename') ?? '';
  if (path !== `${folder}${name}/appaction.xml`)
    throw refusal('badComponentFile', `'${path}' holds the command '${name}'.`);
  requirePrefix(name, `command '${name}'`, 'componentPrefix');
  const number = (column: string) => Number(childText(node, column) || 0);
  const table = childText(node, 'contextvalue').toLowerCase();
  if (number('context') === 1 && call.catalogue.table(table) === undefined)
    throw refusal('missingComponent', `The command '${name}' belongs to the table '${table}', which is not there.`);
  warnOfFormula(call, name, number('onclickeventtype') === formula, number('visibilitytype'));
  const appactionid = findComponent(call, 'appaction', 'uniquename', name) ?? stableId('appaction', name);
  putComponent(call, 'appaction', {
    appactionid,
    uniquename: name,
    name: childText(node, 'name') || name,
    appmoduleid: appOf(call, name, node),
    buttonlabeltext: labelOf(node, 'buttonlabeltext'),
    buttontooltiptitle: labelOf(node, 'buttontooltiptitle'),
    buttontooltipdescription: labelOf(node, 'buttontooltipdescription'),
    buttonaccessibilitytext: labelOf(node, 'buttonaccessibilitytext'),
    buttonsequencepriority: number('buttonsequencepriority') || null,
    context: number('context'),
    contextvalue: table || null,
    fonticon: childText(node, 'fonticon') || null,
    hidden: childText(node, 'hidden') === '1',
    isdisabled: childText(node, 'isdisabled') === '1',
    isgrouptitlehidden: childText(node, 'isgrouptitlehidden') === '1',
    location: number('location'),
    onclickeventtype: number('onclickeventtype'),
    onclickeventjavascriptfunctionname: childText(node, 'onclickeventjavascriptfunctionname') || null,
    onclickeventjavascriptparameters: parametersOf(name, node),
    onclickeventjavascriptwebresourceid: libraryOf(call, name, node),
    origin: number('origin'),
    parentappactionid: parentOf(call, node),
    sequence: number('sequence'),
    type: number('type'),
    visibilitytype: number('visibilitytype'),
    statecode: number('statecode'),
    statuscode: number('statuscode') || 1,
    ismanaged: call.isManaged,
  });
  const labelled = ['buttonlabeltext', 'buttontooltiptitle', 'buttontooltipdescription', 'buttonaccessibilitytext'];
  putLabels(
    call,
    'appaction',
    appactionid,
    Object.fromEntries(labelled.map((column) => [column, readChildLabels(node, column)])),
  );
}

function warnOfFormula(call: ImportCall, name: string, isFormula: boolean, visibility: number): void {
  if (isFormula) call.warnings.push(`The command '${name}' runs a formula, but without effect: not emulated.`);
  if (visibility === formula || visibility === classicRules)
    call.warnings.push(
      `The rule that shows the command '${name}' is kept in the package, but without effect: not emulated.`,
    );
}

/** The app it is for; of every app when it names none. */
function appOf(call: ImportCall, name: string, node: XmlElement) {
  const app = childText(child(node, 'appmoduleid') ?? node, 'uniquename');
  if (child(node, 'appmoduleid') === undefined || app === '') return null;
  const id = findComponent(call, 'appmodule', 'uniquename', app);
  if (id === undefined)
    throw refusal('missingComponent', `The command '${name}' belongs to the app '${app}', which is not there.`);
  return { table: 'appmodule', id };
}

function libraryOf(call: ImportCall, name: string, node: XmlElement) {
  const reference = child(node, 'onclickeventjavascriptwebresourceid');
  if (reference === undefined) return null;
  const id = plainId(childText(reference, 'webresourceid'));
  if (findComponent(call, 'webresource', 'webresourceid', id) === undefined)
    throw refusal('missingComponent', `The command '${name}' names the web resource {${id}}, which is not there.`);
  return { table: 'webresource', id };
}

function parentOf(call: ImportCall, node: XmlElement) {
  const parent = child(node, 'parentappactionid');
  if (parent === undefined) return null;
  const name = childText(parent, 'uniquename');
  return {
    table: 'appaction',
    id: findComponent(call, 'appaction', 'uniquename', name) ?? stableId('appaction', name),
  };
}

function parametersOf(name: string, node: XmlElement): string | null {
  const text = childText(node, 'onclickeventjavascriptparameters');
  if (text === '') return null;
  try {
    if (Array.isArray(JSON.parse(text))) return text;
  } catch {
    // Told below.
  }
  throw refusal('badComponentFile', `The parameters of the command '${name}' are not a JSON array.`);
}

const labelOf = (node: XmlElement, name: string) => attribute(child(node, name), 'default') ?? null;
