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
import { writeZip } from '../../../packaging/index.ts';
import { aFullPackage } from '../../support/a-full-package.ts';
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

test('texts taken out with /localize are refused, with the way out', () => {
  alm('unpack', 'Orchard.zip', '--folder', 'src');
  mkdirSync(at('src/Resources'));
  writeFileSync(at('src/Resources/template_resources.resx'), '<root />');
  const { status, stderr } = alm('pack', '--folder', 'src', '--zip', 'x.zip', '--localize');
  expect(status).toBe(1);
  expect(stderr).toContain('texts taken out with /localize are not supported; unpack again without it');
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

  test('one that does not come back makes it end with 1, with the reason', () => {
    writeFileSync(at('broken.zip'), 'PK');
    const { status, stdout, stderr } = alm('roundtrip', '.');
    expect(status).toBe(1);
    expect(stdout).toMatch(/broken\.zip .* NOT READ\n {2}The file is not a zip/);
    expect(stderr).toBe('1 of 3 did not come back the same.\n');
  });
});
