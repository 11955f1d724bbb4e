import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readZip } from '../../../packaging/index.ts';

export interface FlowFile {
  /** Where it was found, for the report. */
  readonly name: string;
  readonly json: string;
}

/** The flows of a JSON file, of a folder with its sub-folders, or of the zip of a solution or of an exported flow. @throws Error that names the path */
export async function readFlows(path: string): Promise<FlowFile[]> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`There is nothing at '${path}'.`);
  if (found.isDirectory()) return readFolder(path);
  if (/\.zip$/i.test(path)) return readPackage(path);
  return [{ name: path, json: readFileSync(path, 'utf8') }];
}

async function readFolder(path: string): Promise<FlowFile[]> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  const files: FlowFile[] = [];
  for (const name of names) {
    const file = join(path, name);
    if (/\.zip$/i.test(name)) files.push(...(await readPackage(file)));
    else if (/\.json$/i.test(name) && looksLikeFlow(readFileSync(file, 'utf8')))
      files.push({ name: file, json: readFileSync(file, 'utf8') });
  }
  return files;
}

/** Other JSON lies beside flows in folders. */
const looksLikeFlow = (text: string) => /"triggers"\s*:/.test(text) && /"actions"\s*:/.test(text);

async function readPackage(path: string): Promise<FlowFile[]> {
  const { files } = await readZip(readFileSync(path));
  return [...files]
    .filter(([name]) => /^Workflows\/.+\.json$|^Microsoft\.Flow\/flows\/.+\/definition\.json$/i.test(name))
    .map(([name, content]) => ({ name: `${path}!${name}`, json: content.toString('utf8') }));
}
