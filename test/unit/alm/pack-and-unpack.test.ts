import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { differences, readZipFile, writeZip } from '../../../packaging/index.ts';
import { aFullPackage } from '../../support/a-full-package.ts';
import { aLabelledPackage } from '../../support/a-labelled-package.ts';
import { rawZip } from '../../support/raw-zip.ts';
import { runAlm } from '../../support/run-alm.ts';

let folder: string;
const at = (...path: string[]) => join(folder, ...path);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'alm-'));
  writeFileSync(at('Orchard.zip'), await writeZip(aFullPackage('0')));
  writeFileSync(at('Orchard_managed.zip'), await writeZip(aFullPackage('1')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const alm = (...options: string[]) => runAlm(options, { cwd: folder });

test('two zips are unpacked into one tree, and packed again they are the same bytes', () => {
  const unpacked = alm('unpack', 'Orchard.zip', '--folder', 'src', '--type', 'both');
  expect(unpacked).toMatchObject({ status: 0, stderr: '' });
  expect(unpacked.stdout).toMatch(/note: Sheep stays in .*\n/);
  expect(unpacked.stdout).toMatch(/to .*src: \d+ files written, 0 removed/);
  const packed = alm('pack', '--folder', 'src', '--zip', 'again/Orchard.zip', '--type', 'Both');
  expect(packed).toMatchObject({ status: 0, stderr: '' });
  expect(packed.stdout).toContain('note: things/ is of a component type');
  expect(readdirSync(at('again')).sort()).toEqual(['Orchard.zip', 'Orchard_managed.zip']);
  alm('unpack', 'again/Orchard.zip', '--folder', 'src2', '--type', 'both');
  for (const path of ['Other/Solution.xml', 'Other/Customizations.xml', 'Entities/ora_Box/Entity.xml'])
    expect(readFileSync(at('src2', path)).equals(readFileSync(at('src', path)))).toBe(true);
});

test('a tree of one kind is not packed as the other, without twins only when it is said', () => {
  alm('unpack', 'Orchard.zip', '--folder', 'src');
  const other = alm('pack', '--folder', 'src', '--zip', 'x.zip', '--type', 'managed');
  expect(other).toMatchObject({ status: 1, stdout: '' });
  expect(other.stderr).toContain('says Managed 0; it cannot be packed as managed');
  const manifest = at('src/Other/Solution.xml');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('<Managed>0<', '<Managed>2<'));
  const strict = alm('pack', '--folder', 'src', '--zip', 'x.zip', '--type', 'managed');
  expect(strict.stderr).toContain('or say --use-unmanaged-for-missing-managed');
  expect(existsSync(at('x.zip'))).toBe(false);
  const lenient = ['--use-unmanaged-for-missing-managed'];
  expect(alm('pack', '--folder', 'src', '--zip', 'x.zip', '--type', 'managed', ...lenient).status).toBe(0);
});

describe('--localize', () => {
  const german = 'src/Resources/de-DE/resources.de-DE.resx';
  beforeEach(async () => writeFileSync(at('Boxes.zip'), await writeZip(aLabelledPackage())));

  test('texts go to a file a language and a template; what is translated there is packed', async () => {
    const unpacked = alm('unpack', 'Boxes.zip', '--folder', 'src', '--localize', '--source-loc', 'auto');
    expect(unpacked).toMatchObject({ status: 0, stderr: '' });
    expect(readdirSync(at('src/Resources')).sort()).toEqual(['de-DE', 'en-US', 'template_resources.resx']);
    expect(alm('pack', '--folder', 'src', '--zip', 'again.zip', '--localize').status).toBe(0);
    expect(differences(await readZipFile(at('Boxes.zip')), await readZipFile(at('again.zip')))).toEqual([]);
    writeFileSync(at(german), readFileSync(at(german), 'utf8').replace('Kisten', 'Obstkisten'));
    expect(alm('pack', '--folder', 'src', '--zip', 'german.zip', '--localize').status).toBe(0);
    alm('unpack', 'german.zip', '--folder', 'other', '--localize', '--use-lcid');
    expect(readFileSync(at('other/Resources/1031/resources.1031.resx'), 'utf8')).toContain('<value>Obstkisten</value>');
  });

  test('a tree with such files is neither packed nor unpacked over without it, and the files stay', () => {
    alm('unpack', 'Boxes.zip', '--folder', 'src', '--localize');
    const packed = alm('pack', '--folder', 'src', '--zip', 'x.zip');
    expect(packed).toMatchObject({ status: 1, stderr: expect.stringContaining('which count with --localize') });
    const unpacked = alm('unpack', 'Boxes.zip', '--folder', 'src');
    expect(unpacked).toMatchObject({ status: 1, stderr: expect.stringContaining('say --localize, or remove') });
    expect(existsSync(at(german))).toBe(true);
    expect(alm('check', 'src').stdout).not.toContain('Resources/');
  });

  test('a language that is none, and --source-loc without --localize', () => {
    const odd = alm('unpack', 'Boxes.zip', '--folder', 'src', '--localize', '--source-loc', 'Klingon');
    expect(odd).toMatchObject({ status: 1, stderr: expect.stringContaining("'Klingon' is no language") });
    const alone = alm('unpack', 'Boxes.zip', '--folder', 'src', '--source-loc', 'auto');
    expect(alone).toMatchObject({ status: 1, stderr: expect.stringContaining('say --localize, too') });
    expect(existsSync(at('src'))).toBe(false);
  });

  test('roundtrip goes by way of them', () => {
    const { status, stdout } = alm('roundtrip', '.', '--localize');
    expect({ status, lines: stdout.trim().split('\n').length }).toEqual({ status: 0, lines: 3 });
  });
});

test('a zip that leads out of the folder is refused by entry, and nothing is written anywhere', () => {
  const names = ['solution.xml', 'customizations.xml', '[Content_Types].xml', '../evil.txt'];
  writeFileSync(at('evil.zip'), rawZip(names.map((name) => ({ name, content: '<x />' }))));
  const { status, stderr } = alm('unpack', 'evil.zip', '--folder', 'src/deep');
  expect(status).toBe(1);
  expect(stderr).toContain('../evil.txt');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(existsSync(at('src'))).toBe(false);
});

test('a zip of the other kind is refused', () => {
  const { status, stderr } = alm('unpack', 'Orchard_managed.zip', '--folder', 'src', '--type', 'unmanaged');
  expect({ status, stderr }).toEqual({ status: 1, stderr: 'Orchard_managed.zip is managed, not unmanaged.\n' });
});

describe('roundtrip', () => {
  test('tells of every zip, also in folders below, and ends with 0 when all come back', () => {
    mkdirSync(at('below'));
    copyFileSync(at('Orchard.zip'), at('below/Other.ZIP'));
    const { status, stdout, stderr } = alm('roundtrip', '.');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.trim().split('\n')).toEqual([
      expect.stringMatching(/^Orchard\.zip +\d+ entries {2}same$/),
      expect.stringMatching(/^Orchard_managed\.zip +\d+ entries {2}same$/),
      expect.stringMatching(/^below\/Other\.ZIP +\d+ entries {2}same$/),
    ]);
  });

  test('takes one zip', () => {
    const { status, stdout } = alm('roundtrip', 'Orchard.zip');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^Orchard\.zip +\d+ entries {2}same\n$/),
    });
  });

  test('one that does not come back makes it end with 1, with the reason', () => {
    writeFileSync(at('broken.zip'), 'PK');
    const { status, stdout, stderr } = alm('roundtrip', '.');
    expect(status).toBe(1);
    expect(stdout).toMatch(/broken\.zip .* NOT READ\n {2}The file is not a zip/);
    expect(stderr).toBe('1 of 3 did not come back the same.\n');
  });
});
