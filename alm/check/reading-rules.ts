import type { ProblemKind } from '../../packaging/index.ts';
import type { RuleText } from './rule.ts';

type Text = Omit<RuleText, 'id'>;

const notAPackage = '0x80048060';

/** What reading a zip or a source tree finds, before any rule looks at the content. */
const texts: Readonly<Record<Exclude<ProblemKind, 'content'> | 'unreadable', Text>> = {
  unreadable: {
    severity: 'error',
    code: notAPackage,
    fails: 'The import refuses the package: it is no zip, damaged, unsafe, or a root file is missing or malformed.',
    mend: 'Correct the file named; nothing else was checked.',
  },
  'directory-entry': {
    severity: 'error',
    code: notAPackage,
    fails: 'Packages of the platform have no entries for folders; the import may refuse one that does.',
    mend: 'Pack the solution with a packer: npm run alm -- pack',
  },
  'content-type-missing': {
    severity: 'error',
    code: notAPackage,
    fails: 'The import refuses a package with a part that [Content_Types].xml covers neither by extension nor by name.',
    mend: 'Pack the solution with a packer: npm run alm -- pack',
  },
  'content-type-orphan': {
    severity: 'error',
    code: notAPackage,
    fails: 'The import may refuse a package whose [Content_Types].xml names a part that is not there.',
    mend: 'Add the part, or take the override out.',
  },
  'managed-flag': {
    severity: 'error',
    code: notAPackage,
    fails: '"Solution package type did not match requested type": the tree is of the other kind.',
    mend: 'Set Managed in Other/Solution.xml to 0, 1, or 2 for both.',
  },
  'placeholder-missing': {
    severity: 'error',
    code: '0x8004801F',
    fails: 'The official packer leaves the components out without a word; their root components are then missing.',
    mend: 'Add the empty node to the file named.',
  },
  'placeholder-filled': {
    severity: 'error',
    code: '',
    fails: 'The official packer skips the component type with a warning: its components are lost.',
    mend: 'Empty the node; its parts are in files of their own.',
  },
  'orphan-file': {
    severity: 'error',
    code: '',
    fails: 'The file does not get into the package: no component names it.',
    mend: 'Add the component, or remove the file.',
  },
  'relationship-index': {
    severity: 'error',
    code: '0x80048548',
    fails: 'The relationship does not get into the package, or gets there twice: index and files disagree.',
    mend: 'Name each relationship once in Other/Relationships.xml, and hold it in one file below Other/Relationships/.',
  },
  'file-name': {
    severity: 'error',
    code: '',
    fails: 'The official packer may take another component for it: folder or file is not named after what it holds.',
    mend: 'Name the file after the id, and the folder after the table or variable it holds.',
  },
  'form-type': {
    severity: 'error',
    code: '0x8004E306',
    fails: 'The import refuses a form of an unknown type; the folder below FormXml is the type.',
    mend: 'Move the form into the folder of its type, e.g. main, quick, quickCreate, card.',
  },
  'managed-twin': {
    severity: 'warning',
    code: '0x8004801F',
    fails:
      'The official packer leaves forms, apps and site maps without a _managed file out of the managed package, unless it is told --useUnmanagedFileForMissingManaged.',
    mend: 'Add the _managed file, or pack with the switch (and check with --use-unmanaged-for-missing-managed).',
  },
  'letter-case': {
    severity: 'error',
    code: '',
    fails: 'On Windows and macOS one of the two files overwrites the other.',
    mend: 'Remove one of them.',
  },
};

/** The catalogue entries of what reading finds. */
export const readingRules: readonly RuleText[] = Object.entries(texts).map(([id, text]) => ({ id, ...text }));
