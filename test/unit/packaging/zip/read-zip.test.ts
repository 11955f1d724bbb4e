import { crc32, deflateRawSync } from 'node:zlib';
import { childText, PackageError, readZip, type ZipLimits } from '../../../../packaging/index.ts';
import { rawZip, type RawEntry } from '../../../support/raw-zip.ts';

const types = (more = '') =>
  `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="text/xml" />${more}</Types>`;
const manifest: RawEntry = { name: 'solution.xml', content: '<ImportExportXml><x>manifest</x></ImportExportXml>' };
const customizations: RawEntry = { name: 'customizations.xml', content: '<ImportExportXml />' };
const contentTypes = (more = ''): RawEntry => ({ name: '[Content_Types].xml', content: types(more) });

/** A package that would be whole if these were harmless. */
const withEntries = (...entries: RawEntry[]) =>
  rawZip([customizations, manifest, ...entries, contentTypes('<Default Extension="js" ContentType="x" />')]);

async function refused(zip: Buffer, limits?: ZipLimits): Promise<PackageError> {
  const error = await readZip(zip, limits === undefined ? {} : { limits }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PackageError);
  return error as PackageError;
}

test('reads manifest, customizations and payload by path, in any order of entries', async () => {
  const zip = withEntries({ name: 'WebResources/a.js', content: 'alert(1)' });
  const solution = await readZip(zip);
  expect(childText(solution.manifest, 'x')).toBe('manifest');
  expect([...solution.files]).toEqual([['WebResources/a.js', Buffer.from('alert(1)')]]);
});

test('reads deflated entries, and passes over folders', async () => {
  const content = Buffer.from('x'.repeat(10_000));
  const deflated = { content: deflateRawSync(content), method: 8, size: content.length, crc: crc32(content) };
  const zip = withEntries({ name: 'WebResources/' }, { name: 'WebResources/a.js', ...deflated });
  expect([...(await readZip(zip)).files]).toEqual([['WebResources/a.js', content]]);
});

test.each(['../evil.js', 'WebResources/../../evil.js', '/etc/evil.js', 'C:/evil.js', 'WebResources\\evil.js'])(
  'refuses the name %s',
  async (name) => {
    const error = await refused(withEntries({ name, content: 'x' }));
    expect(error.message).toContain(name);
    expect(error).toMatchObject({ entry: name, code: '0x80048060' });
  },
);

test('refuses a name given twice, in whatever letter case', async () => {
  const error = await refused(withEntries({ name: 'a.js', content: '1' }, { name: 'A.js', content: '2' }));
  expect(error.message).toContain("two entries named 'A.js'");
});

test('refuses a file whose checksum is wrong', async () => {
  const error = await refused(withEntries({ name: 'a.js', content: 'x', crc: 1 }));
  expect(error.message).toContain("checksum of 'a.js' is wrong");
});

test('refuses an entry that unpacks to more than it says', async () => {
  const bomb = deflateRawSync(Buffer.alloc(1_000_000));
  const error = await refused(withEntries({ name: 'a.js', content: bomb, method: 8, size: 10 }));
  expect(error).toMatchObject({ entry: 'a.js' });
});

test('refuses more entries and more bytes than a package may have, before unpacking them', async () => {
  const zip = withEntries(
    { name: 'a.js', content: 'x' },
    { name: 'b.js', content: deflateRawSync(''), method: 8, size: 5000 },
  );
  expect((await refused(zip, { mostEntries: 3, mostBytes: 1e6 })).message).toContain('more than 3 entries');
  const error = await refused(zip, { mostEntries: 100, mostBytes: 4000 });
  expect(error.message).toContain("more than 4000 bytes; 'b.js'");
});

test('refuses what is encrypted or packed in an unknown way', async () => {
  expect(await refused(withEntries({ name: 'a.js', content: 'thirteenbytes', size: 1, flags: 1 }))).toMatchObject({
    entry: 'a.js',
  });
  expect(await refused(withEntries({ name: 'a.js', content: 'x', method: 12 }))).toMatchObject({ entry: 'a.js' });
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['text', Buffer.from('hello')],
  ['a zip cut short', withEntries({ name: 'a.js', content: 'x' }).subarray(0, 200)],
])('refuses %s', async (_, bytes) => expect((await refused(bytes)).message).toMatch(/not a zip|damaged/));

test.each([
  ['solution.xml', [customizations, contentTypes()]],
  ['customizations.xml', [manifest, contentTypes()]],
  ['[Content_Types].xml', [manifest, customizations]],
])('refuses a package without %s', async (name, entries) => {
  const error = await refused(rawZip(entries as RawEntry[]));
  expect(error.message).toBe(`The package has no ${name} at its root.`);
  expect(error.entry).toBe(name);
});

test('says what is there when a root file is named or placed otherwise', async () => {
  const cased = await refused(rawZip([customizations, { ...manifest, name: 'Solution.xml' }, contentTypes()]));
  expect(cased.message).toContain("it has 'Solution.xml'; place and letter case matter");
  const nested = await refused(rawZip([customizations, { ...manifest, name: 'my/solution.xml' }, contentTypes()]));
  expect(nested).toMatchObject({ entry: 'my/solution.xml', code: '0x80048060' });
});

test('refuses a part that [Content_Types].xml does not cover, by extension or by name', async () => {
  const error = await refused(withEntries({ name: 'WebResources/bare', content: 'x' }));
  expect(error.message).toContain("neither the extension nor the name of 'WebResources/bare'");
  expect(error.entry).toBe('WebResources/bare');
});

test('an override covers a part, in any letter case', async () => {
  const override = contentTypes('<Override PartName="/webresources/BARE" ContentType="x" />');
  const zip = rawZip([manifest, customizations, { name: 'WebResources/bare', content: 'x' }, override]);
  expect([...(await readZip(zip)).files.keys()]).toEqual(['WebResources/bare']);
});

test('a malformed root file is refused by its name', async () => {
  const error = await refused(rawZip([manifest, { ...customizations, content: '<a><b></a>' }, contentTypes()]));
  expect(error).toMatchObject({ entry: 'customizations.xml', code: '0x80048013' });
});
