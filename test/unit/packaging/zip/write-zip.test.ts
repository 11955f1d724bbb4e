import { parseXml, readZip, writeZip, writeXml, type SolutionPackage } from '../../../../packaging/index.ts';

const solution = (files: Readonly<Record<string, string>>): SolutionPackage => ({
  manifest: parseXml('<ImportExportXml><SolutionManifest /></ImportExportXml>', 'solution.xml'),
  customizations: parseXml('<ImportExportXml><Entities /></ImportExportXml>', 'customizations.xml'),
  files: new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
});

const files = {
  'WebResources/b.js': 'b',
  'Workflows/a.json': '{}',
  'WebResources/bare': '<>',
  'Controls/x/strings/y.resx': '',
};

test('reads back the same, empty files and names without extension included', async () => {
  const written = solution({ ...files, 'WebResources/Grüße & <b>.js': 'umlauts' });
  const back = await readZip(await writeZip(written));
  expect(writeXml(back.manifest)).toBe(writeXml(written.manifest));
  expect(writeXml(back.customizations)).toBe(writeXml(written.customizations));
  expect(new Map(back.files)).toEqual(new Map([...written.files].sort()));
});

test('the order in which files were added does not change a byte', async () => {
  const other = Object.fromEntries(Object.entries(files).reverse());
  expect((await writeZip(solution(files))).equals(await writeZip(solution(other)))).toBe(true);
});

test('neither the moment nor the time zone changes a byte', async () => {
  const zone = process.env['TZ'];
  const bytes: Buffer[] = [];
  for (const one of ['Pacific/Auckland', 'America/Los_Angeles', 'UTC']) {
    process.env['TZ'] = one;
    bytes.push(await writeZip(solution(files)));
  }
  process.env['TZ'] = zone;
  if (zone === undefined) delete process.env['TZ'];
  expect(bytes.every((zip) => zip.equals(bytes[0]!))).toBe(true);
});

test('entries are in packed order, dated 1980-01-01, and stored as they are', async () => {
  const zip = await writeZip(solution(files));
  const entries = localHeaders(zip);
  expect(entries.map(({ name }) => name)).toEqual([
    'customizations.xml',
    'solution.xml',
    'Controls/x/strings/y.resx',
    'WebResources/b.js',
    'WebResources/bare',
    'Workflows/a.json',
    '[Content_Types].xml',
  ]);
  expect(new Set(entries.map(({ time, date, method }) => `${time} ${date} ${method}`))).toEqual(new Set(['0 33 0']));
});

test('root files have a byte-order mark and a declaration, as packed ones do', async () => {
  const zip = await writeZip(solution({}));
  expect(zip.includes('\uFEFF<?xml version="1.0" encoding="utf-8"?>\n<ImportExportXml>')).toBe(true);
});

test('[Content_Types].xml names an extension once, whatever its letter case, and each part that has none', async () => {
  const zip = await writeZip(solution({ 'a/x.png': '', 'a/y.Png': '', 'a/bare': '', 'a/z.xml': '' }));
  const types = zip.toString('utf8');
  expect(types.match(/Extension="png"/gi)).toHaveLength(1);
  expect(types).toContain('<Override PartName="/a/bare" ContentType="application/octet-stream" />');
  expect(types).toContain('<Override PartName="/a/z.xml" ContentType="application/octet-stream" />');
});

test.each(['/a.js', '../a.js', 'a\\b.js', 'C:/a.js', 'a//b.js', 'a/./b.js', 'a/', ''])(
  'refuses the path %j',
  async (path) => {
    await expect(writeZip(solution({ [path]: 'x' }))).rejects.toMatchObject({ entry: path });
  },
);

test('refuses names that would be there twice: in another letter case, or those of the root', async () => {
  await expect(writeZip(solution({ 'a/x.js': '', 'a/X.js': '' }))).rejects.toThrow(/twice/);
  await expect(writeZip(solution({ 'Solution.xml': '' }))).rejects.toThrow(/twice/);
});

function localHeaders(zip: Buffer): { name: string; method: number; time: number; date: number }[] {
  const found = [];
  for (let at = zip.indexOf('PK\u0003\u0004'); at >= 0; at = zip.indexOf('PK\u0003\u0004', at + 4)) {
    const name = zip.toString('utf8', at + 30, at + 30 + zip.readUInt16LE(at + 26));
    found.push({
      name,
      method: zip.readUInt16LE(at + 8),
      time: zip.readUInt16LE(at + 10),
      date: zip.readUInt16LE(at + 12),
    });
  }
  return found;
}
