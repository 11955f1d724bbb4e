import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  attribute,
  child,
  children,
  childText,
  descendants,
  readFolder,
  type SolutionPackage,
  type XmlElement,
} from '../../../packaging/index.ts';

export const root = join(__dirname, '../../..');
const controlNames = readdirSync(join(root, 'controls')).filter((name) =>
  existsSync(join(root, 'controls', name, 'ControlManifest.Input.xml')),
);
export const flowFile = join(root, 'flows/address-change-confirm/definition.json');

/** Our solution as it is packed; what is built first (bundles of controls and scripts) is stood in for. */
export async function readSolution(type: 'managed' | 'unmanaged' = 'unmanaged'): Promise<SolutionPackage> {
  const copy = mkdtempSync(join(tmpdir(), 'solution-'));
  try {
    layOut(copy);
    return await readFolder(join(copy, 'solution'), { type, map: join(copy, 'solution/map.xml') });
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The tree `readFolder` and `map.xml` expect, with stand-ins for built files. */
export function layOut(copy: string): void {
  for (const folder of ['solution', 'flows']) cpSync(join(root, folder), join(copy, folder), { recursive: true });
  for (const table of ['account', 'fno_creditlimitrequest', 'incident'])
    write(join(copy, `dist/web-resources/${table}.js`), 'var FnO;');
  for (const name of controlNames) layOutControl(copy, name);
}

/** A built control is its manifest with the bundle for the source, and the texts beside it. */
function layOutControl(copy: string, name: string): void {
  const source = join(root, 'controls', name);
  const out = join(copy, 'controls', name, 'out/controls');
  const manifest = readFileSync(join(source, 'ControlManifest.Input.xml'), 'utf8');
  write(join(out, 'ControlManifest.xml'), manifest.replace('path="index.ts"', 'path="bundle.js"'));
  write(join(out, 'bundle.js'), '');
  cpSync(join(source, 'strings'), join(out, 'strings'), { recursive: true });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Children of one of the lists in customizations.xml, e.g. `('Roles', 'Role')`. */
export const parts = (solution: SolutionPackage, list: string, part: string) =>
  children(child(solution.customizations, list), part);

export const tableOf = (solution: SolutionPackage, name: string): XmlElement =>
  parts(solution, 'Entities', 'Entity').find((entity) => childText(entity, 'Name') === name)!;

export const formsOf = (solution: SolutionPackage) =>
  parts(solution, 'Entities', 'Entity').flatMap((entity) =>
    [...descendants(entity, 'forms')].flatMap((group) =>
      children(group, 'systemform').map((form) => ({
        table: childText(entity, 'Name'),
        kind: attribute(group, 'type')!,
        id: childText(form, 'formid'),
        form,
      })),
    ),
  );

export const viewsOf = (solution: SolutionPackage) =>
  parts(solution, 'Entities', 'Entity').flatMap((entity) =>
    [...descendants(entity, 'savedquery')].map((view) => ({ table: childText(entity, 'Name'), view })),
  );

export const valuesOf = (elements: Iterable<XmlElement>, name: string) =>
  [...elements].flatMap((element) => attribute(element, name) ?? []);

export const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) < index);
