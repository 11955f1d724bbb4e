import {
  type attribute,
  childText,
  controlFolders,
  descendants,
  payloadFiles,
  type PackageError,
} from '../../../packaging/index.ts';
import { repeated, type Checked } from '../checked.ts';
import { controlsOf } from '../controls.ts';
import { readJson } from '../flow-definition.ts';
import type { Rule } from '../rule.ts';

/** Folders of the zip in which a component must name every file. */
const named = /^(WebResources|Workflows|CanvasApps|PluginAssemblies|Connector|Formulas|Controls)\//;

/** Files of the package and what names them. */
export const packageRules: readonly Rule[] = [
  {
    id: 'file-missing',
    severity: 'error',
    code: '0x8004F11A',
    fails: 'The import stops at a component whose file is not in the package (flows 0x80060468, controls 0x80160000).',
    mend: 'Build the file (npm run build), or correct FileName, JsonFileName or whatever names it.',
    *check({ customizations, files }) {
      for (const { zipPath, neededBy } of payloadFiles(customizations))
        if (!files.has(zipPath)) yield { at: neededBy, message: `There is no ${zipPath}.`, file: zipPath };
    },
  },
  {
    id: 'file-orphan',
    severity: 'error',
    code: '',
    fails: 'The file is lost: no component names it, so the import does not look at it.',
    mend: 'Add the component, or take the file out.',
    *check({ customizations, files }) {
      const wanted = new Set(payloadFiles(customizations).map(({ zipPath }) => zipPath));
      const controls = controlFolders(customizations);
      for (const path of files.keys())
        if (named.test(path) && !wanted.has(path) && !controls.some((folder) => path.startsWith(folder)))
          yield { at: path, message: 'No component names this file.', file: path };
    },
  },
  {
    id: 'file-shared',
    severity: 'error',
    code: '',
    fails: 'One of two components gets the content of the other.',
    mend: 'Give each component a file of its own.',
    *check({ customizations }) {
      const paths = payloadFiles(customizations).map(({ zipPath }) => zipPath);
      // The formulas of a table are one file.
      for (const path of repeated(paths.filter((one) => !one.startsWith('Formulas/'))))
        yield { at: path, message: 'Two components name this file.', file: path };
    },
  },
  {
    id: 'own-file-prolog',
    severity: 'error',
    code: '0x80040216',
    fails: 'The import of a component that is a file of its own ends with an unexpected error.',
    mend: 'Take byte-order mark, XML declaration and comments out of the file.',
    *check({ ownFiles }) {
      for (const { path, content, kind } of ownFiles) {
        const text = content.toString();
        // Rules of masking and the like are written by other parts of the platform, in their own ways.
        if (!bare.includes(kind)) continue;
        if (text.startsWith('\uFEFF')) yield { at: path, message: 'It begins with a byte-order mark.', file: path };
        if (/^\uFEFF?\s*<\?xml/.test(text)) yield { at: path, message: 'It has an XML declaration.', file: path };
        if (text.includes('<!--')) yield { at: path, message: 'It has a comment.', file: path };
      }
    },
  },
  {
    id: 'xml-malformed',
    severity: 'error',
    code: '0x8004802C',
    fails: 'The import refuses XML that is not well formed or not UTF-8.',
    mend: 'Correct the file at the line named.',
    *check(solution) {
      const problems = [...solution.ownFiles, ...controlsOf(solution)].map(({ problem }) => problem);
      for (const problem of problems.filter((one): one is PackageError => one !== undefined))
        yield { at: problem.entry, message: problem.message, file: problem.entry };
    },
  },
  {
    id: 'flow-json',
    severity: 'error',
    code: '0x80060468',
    fails:
      '"Flow client data is in invalid format": the import refuses a flow that is not JSON, or has a byte-order mark.',
    mend: 'Save the definition as JSON in UTF-8 without byte-order mark, with properties/definition in it.',
    *check({ flows }) {
      for (const { at, path, content } of flows) {
        if (content === undefined) continue;
        const mark = content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
        if (mark) yield { at, message: 'Its definition begins with a byte-order mark.', file: path };
        const { problem } = readJson(content);
        if (problem !== undefined) yield { at, message: problem, file: path };
      }
    },
  },
];

const bare = [
  'environmentvariabledefinitions',
  'appactions',
  'appactionrules',
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'catalogs',
];

/** Marks of differences, which managed packages are made of. */
export const differenceRules: readonly Rule[] = [
  {
    id: 'managed-difference',
    severity: 'warning',
    code: '0x8004801A',
    fails: 'The schema of an unmanaged package knows no solutionaction and ordinalvalue: those are of managed ones.',
    mend: 'Export the solution unmanaged again, or take the attributes out.',
    *check(solution) {
      if (solution.isManaged) return;
      for (const { node, at } of partsOf(solution)) {
        const marked = ['solutionaction', 'ordinalvalue'].find((name) => hasAttribute(node, name));
        if (marked !== undefined) yield { at, message: `It has the attribute ${marked}.`, node };
      }
    },
  },
];

function hasAttribute(node: Parameters<typeof attribute>[0], name: string): boolean {
  if (node === undefined) return false;
  if (node.attributes.has(name)) return true;
  return node.children.some((inner) => inner.kind === 'element' && hasAttribute(inner, name));
}

function partsOf(solution: Checked) {
  const maps = [
    ...solution.list('AppModuleSiteMaps', 'AppModuleSiteMap'),
    ...descendants(solution.customizations, 'SiteMap'),
  ];
  return [
    ...solution.forms,
    ...maps.map((node) => ({ node, at: `site map ${childText(node, 'SiteMapUniqueName')}`.trim() })),
  ];
}
