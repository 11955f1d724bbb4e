import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  identityOf,
  normalized,
  parseXml,
  readMappingFile,
  readZipFile,
  unpack as takeApart,
  unpackBoth,
  writeFolder,
  type SolutionPackage,
  type Unpacked,
} from '../packaging/index.ts';
import { BuildError } from './build-error.ts';
import { managedTwin, wantedType } from './package-type.ts';
import { localized } from './resources.ts';
import { solutionFolder } from './solution-folder.ts';

export const unpackUsage = `npm run alm -- unpack FILE [--folder DIR] [--type managed|unmanaged|both] [--map FILE] [--localize]

  FILE      a solution zip
  --folder  where it is unpacked to; ours when left out
  --type    what FILE must be; both takes FILE_managed.zip beside it, too, into one tree
  --map     mapping file: what is mapped to elsewhere is not written; ours is solution/map.xml
  --localize
            writes the texts to Resources/ as well, a resource file a language; translations the folder has and the
            solution lacks are kept
  --source-loc auto|LANGUAGE
            and those of one language to Resources/template_resources.resx: the base language, 1033, en-US …
  --use-lcid
            calls the files after 1033, not en-US

What the solution no longer has is removed; the folder stays as it was when anything is wrong.`;

/** `npm run alm -- unpack FILE`: takes a zip apart into the classic XML layout. */
export async function unpack(options: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: options,
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      type: { type: 'string' },
      map: { type: 'string' },
      localize: { type: 'boolean', default: false },
      'source-loc': { type: 'string' },
      'use-lcid': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(unpackUsage);
  const [zip, second] = positionals;
  if (zip === undefined || second !== undefined) throw new BuildError('Name one zip: npm run alm -- unpack FILE');
  const { folder, map, isOurs } = solutionFolder(join(__dirname, '..'), values);
  // Our tree serves both kinds; one zip alone would make it a tree of one.
  const type = wantedType(values.type ?? (isOurs ? 'both' : await kindOf(zip)));
  const mappings = map === undefined ? [] : readMappingFile(map, folder, { mustExist: false });
  const solutions = await readZips(zip, type);
  const [solution, managed] = solutions;
  const both = managed === undefined ? takeApart(solution) : unpackBoth(solution, managed);
  // Our tree goes without twins that say nothing of their own: our packer needs none.
  const unpacked = localized(isOurs ? withoutEqualTwins(both) : both, solutions, {
    zip,
    folder,
    localize: values.localize,
    sourceLoc: values['source-loc'],
    useLcid: values['use-lcid'],
  });
  const { written, removed } = writeFolder(folder, unpacked, mappings);
  for (const text of unpacked.notes) console.log(`note: ${text}`);
  console.log(
    `unpacked ${resolve(zip)}\n      to ${folder}: ${written.length} files written, ${removed.length} removed`,
  );
}

/** The package, and with `both` its managed twin. */
async function readZips(
  zip: string,
  type: 'managed' | 'unmanaged' | 'both',
): Promise<[SolutionPackage, ...SolutionPackage[]]> {
  const solution = await read(zip);
  if (type === 'both') return [solution, await read(managedTwin(zip))];
  const { isManaged } = identityOf(solution);
  if (isManaged !== (type === 'managed'))
    throw new BuildError(`${zip} is ${isManaged ? 'managed' : 'unmanaged'}, not ${type}.`);
  return [solution];
}

/** Without the `_managed` files that say the same as the plain ones. */
function withoutEqualTwins({ files, notes }: Unpacked): Unpacked {
  const xml = (path: string) => JSON.stringify(normalized(parseXml(files.get(path)!, path)));
  const isEqualTwin = (path: string) => {
    const plain = path.replace(/_managed\.xml$/, '.xml');
    return plain !== path && files.has(plain) && xml(path) === xml(plain);
  };
  return { files: new Map([...files].filter(([path]) => !isEqualTwin(path))), notes };
}

const kindOf = async (zip: string) => (identityOf(await read(zip)).isManaged ? 'managed' : 'unmanaged');

/** @throws BuildError when there is no such file */
async function read(zip: string): Promise<SolutionPackage> {
  if (!existsSync(zip)) throw new BuildError(`There is no file ${resolve(zip)}.`);
  return readZipFile(zip);
}
