import { createWriteStream, readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import {
  attribute,
  child,
  childText,
  descend,
  elements,
  parseXml,
  readZip,
  writeXml,
  writeZip,
  xmlElement,
  type XmlElement,
} from '../packaging/index.ts';

const copies = 12;
const resources = 250;

/**
 * Writes a package of the size and mixture large solutions have: our tables and relationships twelve times over, and 250
 * scripts of 100 KB; deflated, as exports are.
 */
export async function writeLargePackage(own: string, target: string): Promise<void> {
  const { manifest, customizations, files } = await readZip(readFileSync(own));
  const roots = descend(manifest, 'SolutionManifest', 'RootComponents')!;
  const [tables, relationships, scripts] = ['Entities', 'EntityRelationships', 'WebResources'].map((list) =>
    child(customizations, list)!,
  );
  const bundle = [...files].find(([path]) => path.endsWith('bundle.js'))![1].toString('latin1');
  const all = new Map(files);
  for (let copy = 1; copy <= copies; copy++)
    for (const list of [tables!, relationships!, roots])
      list.children.push(...elements(list).flatMap((node) => renamed(node, copy)));
  for (let number = 0; number < resources; number++) {
    const name = `fno_/large/script${number}.js`;
    const path = `WebResources/fno_largescript${number}js`;
    scripts!.children.push(xmlElement('WebResource', {}, [xmlElement('Name', {}, [name]), xmlElement('FileName', {}, [`/${path}`])])); // prettier-ignore
    roots.children.push(xmlElement('RootComponent', { type: '61', schemaName: name, behavior: '0' }));
    all.set(path, Buffer.from(`// ${number}\n${bundle.repeat(3)}`.slice(0, 100_000), 'latin1'));
  }
  await deflate(await writeZip({ manifest, customizations, files: all }), target);
}

/** One of our own tables, relationships or root components of tables, under another name. */
function renamed(node: XmlElement, copy: number): XmlElement[] {
  const name =
    node.name === 'Entity'
      ? childText(node, 'Name')
      : (attribute(node, 'schemaName') ?? childText(node, 'ReferencingEntityName'));
  const isOurTable = /^fno_/i.test(name) && (attribute(node, 'type') ?? '1') === '1';
  return isOurTable ? [parseXml(writeXml(node).replace(/fno_/gi, `fno${copy}_`), node.name)] : [];
}

async function deflate(stored: Buffer, target: string): Promise<void> {
  const [from, to] = [await fromBufferPromise(stored, { lazyEntries: true }), new ZipFile()];
  for await (const entry of from.eachEntry())
    to.addBuffer(await buffer(await from.openReadStreamPromise(entry)), entry.fileName);
  to.end();
  await pipeline(to.outputStream, createWriteStream(target));
}
