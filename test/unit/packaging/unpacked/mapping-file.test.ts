import { join } from 'node:path';
import { readFolder } from '../../../../packaging/index.ts';
import { orchard, withTree, type Tree } from '../../../support/unpacked-solution.ts';

const script = 'WebResources/ora_/box.js';
const control = 'Controls/ora_Orchard.Bar';

/** Reads the orchard from `src/`, with what is built beside it and this mapping. */
function read(lines: string, changes: Tree = {}) {
  const tree = Object.entries({ ...orchard, ...changes }).map(([path, content]) => [`src/${path}`, content] as const);
  const built: Tree = {
    'built/box.js': 'built script',
    'built/bar/bundle.js': 'built bundle',
    'built/bar/ControlManifest.xml': orchard[`${control}/ControlManifest.xml`],
    'src/map.xml': `<Mapping>${lines}</Mapping>`,
  };
  return withTree({ ...Object.fromEntries(tree), ...built }, (folder) =>
    readFolder(join(folder, 'src'), { type: 'unmanaged', map: join(folder, 'src/map.xml') }),
  );
}

const content = async (lines: string, path: string, changes?: Tree) =>
  (await read(lines, changes)).files.get(path)?.toString();

test('a file is taken from where the mapping says, with either slash', async () => {
  const gone = { [script]: undefined };
  const forward = `<FileToFile map="${script}" to="../built/box.js" />`;
  const backward = '<FileToFile map="WebResources\\ora_\\box.js" to="..\\built\\box.js" />';
  for (const line of [forward, backward])
    expect(await content(line, 'WebResources/ora_boxjs1', gone)).toBe('built script');
});

test('a mapped file wins over the one in the tree', async () => {
  expect(await content(`<FileToFile map="${script}" to="../built/box.js" />`, 'WebResources/ora_boxjs1')).toBe(
    'built script',
  );
});

test('a folder is taken from elsewhere as a whole; a line before it keeps one file in its place', async () => {
  const data = `${control}/ControlManifest.xml.data.xml`;
  const lines = `<FileToFile map="${data}" to="${data}" /><Folder map="${control}" to="../built/bar" />`;
  const gone = { [`${control}/bundle.js`]: undefined, [`${control}/ControlManifest.xml`]: undefined };
  expect(await content(lines, `${control}/bundle.js`, gone)).toBe('built bundle');
});

test('a file of the tree that its mapped folder lacks is missing, as it is for the official tool', async () => {
  await expect(read(`<Folder map="${control}" to="../built/bar" />`)).rejects.toThrow(
    /ControlManifest.xml.data.xml \(mapped to/,
  );
});

test.each([
  ['<FileToPath map="WebResources/**/*.*" to="../**" />'],
  ['<FileToPath map="WebResources/ora_/*.js" to="../built" />'],
  ['<FileToPath map="box.js" to="../built" />'],
  ['<FileToFile map="**/box.js" to="../built/box.js" />'],
  ['<FileToFile map="box.js" to="../built/box.js" />'],
])('%s finds files by their name and leaves others where they are', async (line) => {
  expect(await content(line, 'WebResources/ora_boxjs1', { [script]: undefined })).toBe('built script');
});

test('the first line that fits decides', async () => {
  const lines =
    '<FileToFile map="box.js" to="../built/bar/bundle.js" /><FileToFile map="box.js" to="../built/box.js" />';
  expect(await content(lines, 'WebResources/ora_boxjs1')).toBe('built bundle');
});

test('%NAME% comes from the environment', async () => {
  process.env['ORCHARD_BUILT'] = '../built';
  expect(await content(`<FileToFile map="${script}" to="%ORCHARD_BUILT%/box.js" />`, 'WebResources/ora_boxjs1')).toBe(
    'built script',
  );
  delete process.env['ORCHARD_BUILT'];
  await expect(read(`<FileToFile map="${script}" to="%ORCHARD_BUILT%/box.js" />`)).rejects.toThrow(
    /ORCHARD_BUILT is not set/,
  );
});

test.each([
  [
    `<FileToFile map="${script}" to="../built/none.js" />`,
    /is mapped to .*none\.js, which does not exist\. Build it first/,
  ],
  [`<FileToFile map="${script}" to="../built" />`, /which is no file|is no file/],
  [`<Folder map="${control}" to="../built/box.js" />`, /is no folder/],
  ['<FileToAll map="a" to="../built" />', /<FileToAll> is not supported/],
  ['<FileToFile map="WebResources/*.js" to="../built/box.js" />', /cannot have the wildcards in map/],
  ['<Folder map="Controls/**" to="../built" />', /cannot have the wildcards in map/],
  [`<FileToFile map="${script}" to="../built/**" />`, /cannot have the wildcards in to/],
  ['<FileToFile map="a.js" />', /needs the attributes map and to/],
])('refuses %s', async (line, expected) => await expect(read(line)).rejects.toThrow(expected));

test('refuses a mapping file that is not there or is something else', async () => {
  const reading = withTree(orchard, (folder) =>
    readFolder(folder, { type: 'unmanaged', map: join(folder, 'none.xml') }),
  );
  await expect(reading).rejects.toThrow(/mapping file .* does not exist/);
  const other = withTree({ ...orchard, 'map.xml': '<Other />' }, (folder) =>
    readFolder(folder, { type: 'unmanaged', map: join(folder, 'map.xml') }),
  );
  await expect(other).rejects.toThrow(/its root is <Other>/);
});
