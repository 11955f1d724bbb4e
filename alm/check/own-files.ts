import { PackageError, parseXml, type XmlElement } from '../../packaging/index.ts';

/** A component that is a file of its own, below a folder of its type. */
export interface OwnFile {
  /** e.g. `appactions` */
  readonly kind: string;
  readonly path: string;
  readonly content: Buffer;
  /** None when it cannot be read. */
  readonly root: XmlElement | undefined;
  /** Why it cannot be read. */
  readonly problem?: PackageError;
}

const kinds = [
  'environmentvariabledefinitions',
  'appactions',
  'appactionrules',
  'customapis',
  'customapirequestparameters',
  'customapiresponseproperties',
  'catalogs',
  'bots',
  'botcomponents',
  'aiplugins',
  'aipluginoperations',
  'pluginpackages',
  'maskingrules',
];

/** Every component file, `<kind>/<name>/…/<component>.xml`. */
export function filesOf(files: ReadonlyMap<string, Buffer>): OwnFile[] {
  const paths = [...files.keys()].filter(
    (path) => /^[^/]+\/[^/]+\/(.+\/)?[^/]+\.xml$/.test(path) && kinds.includes(path.slice(0, path.indexOf('/'))),
  );
  return paths.sort().map((path) => {
    const content = files.get(path)!;
    const kind = path.slice(0, path.indexOf('/'));
    const { root, problem } = readXml(content, path);
    return { kind, path, content, root, ...(problem === undefined ? {} : { problem }) };
  });
}

/** The tree, or why there is none. */
export function readXml(content: Buffer, path: string): { root?: XmlElement; problem?: PackageError } {
  try {
    return { root: parseXml(content, path) };
  } catch (error) {
    if (error instanceof PackageError) return { problem: error };
    throw error;
  }
}
