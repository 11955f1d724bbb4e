import { PackageError } from '../package-error.ts';
import { attribute, child, children, parseXml, writeXml, xmlElement, type XmlElement } from '../xml/index.ts';

/** What one resource file says. */
export interface ResourceFile {
  readonly language: number;
  /** Texts by key; an empty one says nothing. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface ResourceEntry {
  readonly key: string;
  readonly text: string;
  readonly comment: string;
}

/** About the package the texts are from. */
export interface ResourceSource {
  /** Name of the zip. */
  readonly file: string;
  readonly packageType: 'Unmanaged' | 'Managed' | 'Both';
}

const metadataNames = ['Source LCID', 'Source file', 'Source package type', 'SolutionPackager Version'];
/** The version current files of the official tool carry; it takes no file without one. */
const packagerVersion = '9.0.0.0';
const assembly = 'System.Windows.Forms, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089';

/** A resource file as readers of the .NET format and the official tool expect it. */
export function writeResources(language: number, entries: readonly ResourceEntry[], source: ResourceSource): Buffer {
  const header = (name: string, value: string) => xmlElement('resheader', { name }, [xmlElement('value', {}, [value])]);
  const metadata = (name: string, value: string) =>
    xmlElement('metadata', { name, 'xml:space': 'preserve' }, [valueOf(value)]);
  const root = xmlElement('root', {}, [
    header('resmimetype', 'text/microsoft-resx'),
    header('version', '2.0'),
    header('reader', `System.Resources.ResXResourceReader, ${assembly}`),
    header('writer', `System.Resources.ResXResourceWriter, ${assembly}`),
    metadata('Source LCID', String(language)),
    metadata('Source file', source.file),
    metadata('Source package type', source.packageType),
    metadata('SolutionPackager Version String', packagerVersion),
    ...[...entries]
      .sort(byKey)
      .map(({ key, text, comment }) =>
        xmlElement('data', { name: key, 'xml:space': 'preserve' }, [
          valueOf(text),
          xmlElement('comment', {}, [comment]),
        ]),
      ),
  ]);
  return Buffer.from(writeXml(root, { declaration: true, isIndented: true }));
}

const valueOf = (text: string) => xmlElement('value', {}, text === '' ? [] : [text]);

/** Without regard to letter case, as the files of the official tool are sorted. */
function byKey({ key: one }: ResourceEntry, { key: other }: ResourceEntry): number {
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  if (a !== b) return a < b ? -1 : 1;
  return one < other ? -1 : 1;
}

/**
 * Reads a resource file.
 *
 * @param path its place in the tree, for errors
 * @throws PackageError naming file and entry: not XML, no resource file, an entry twice or without a text, one that is
 *   no text, metadata missing or turned into data, as Visual Studio does
 */
export function readResources(content: Buffer, path: string): ResourceFile {
  const refuse = (why: string) => new PackageError(`${path}: ${why}`, path);
  const root = parseXml(content, path);
  if (root.name !== 'root') throw refuse(`it is no resource file; <root> is expected, not <${root.name}>.`);
  const texts = new Map<string, string>();
  for (const entry of children(root, 'data')) {
    const key = attribute(entry, 'name');
    if (key === undefined) throw refuse('an entry has no name.');
    if (metadataNames.some((name) => key.startsWith(name)))
      throw refuse(
        `'${key}' is written as <data>, which Visual Studio makes of it; the official tool takes no such file. ` +
          'Write <metadata> again.',
      );
    if (texts.has(key)) throw refuse(`the entry '${key}' is there twice.`);
    texts.set(key, textOf(entry, key, refuse));
  }
  return { language: languageIn(root, refuse), texts };
}

function textOf(entry: XmlElement, key: string, refuse: (why: string) => Error): string {
  if (attribute(entry, 'type') !== undefined || attribute(entry, 'mimetype') !== undefined)
    throw refuse(`the entry '${key}' is no text.`);
  const value = child(entry, 'value');
  if (value === undefined) throw refuse(`the entry '${key}' has no <value>.`);
  if (value.children.some(({ kind }) => kind === 'element'))
    throw refuse(`the entry '${key}' holds elements; write < as &lt;.`);
  return value.children.map((node) => (node.kind === 'text' || node.kind === 'cdata' ? node.text : '')).join('');
}

function languageIn(root: XmlElement, refuse: (why: string) => Error): number {
  const metadata = (name: string) => children(root, 'metadata').find((one) => attribute(one, 'name') === name);
  if (metadata('SolutionPackager Version') === undefined && metadata('SolutionPackager Version String') === undefined)
    throw refuse(
      "the metadata 'SolutionPackager Version String' is missing; the file must come from unpack --localize, the " +
        'official tool takes no other.',
    );
  const source = metadata('Source LCID');
  if (source === undefined) throw refuse("the metadata 'Source LCID' is missing.");
  const written = textOf(source, 'Source LCID', refuse).trim();
  if (!/^\d{4,5}$/.test(written)) throw refuse(`'${written}' is no language; 'Source LCID' is a number such as 1033.`);
  return Number(written);
}
