import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bumped, compareVersions, readVersion } from '../../../alm/solution-version.ts';
import { raiseVersion, versionOf } from '../../../alm/version.ts';
import { aWorkspace, type Workspace } from '../../support/workspace.ts';

const solution = 'solution/Other/Solution.xml';
const control = 'controls/Bar/ControlManifest.Input.xml';
const files = {
  [solution]:
    '\uFEFF<ImportExportXml version="9.2">\r\n<SolutionManifest><Version>1.2.3.4</Version><IntroducedVersion>1.0.0.0</IntroducedVersion></SolutionManifest></ImportExportXml>',
  [control]:
    '<?xml version="1.0"?>\n<manifest>\n  <control namespace="A"\n    version="1.2.3" api-version="1.3.1" />\n  <built-by version="1" />\n</manifest>',
};
let workspace: Workspace;
beforeEach(() => void (workspace = aWorkspace([], { files })));
afterEach(() => workspace.remove());
const text = (file: string) => readFileSync(join(workspace.folder, file), 'utf8');
const set = (to: string) => raiseVersion(workspace.folder, () => readVersion(to));

test('the solution takes four parts and the controls three; every other byte stays', () => {
  expect(set('1.3.0.7')).toMatchObject([
    { file: solution, from: '1.2.3.4', to: '1.3.0.7' },
    { file: control, from: '1.2.3', to: '1.3.0' },
  ]);
  expect(text(solution)).toBe(files[solution]!.replace('1.2.3.4', '1.3.0.7'));
  expect(text(control)).toBe(files[control]!.replace('1.2.3', '1.3.0'));
});

test('a part is raised and those after it begin again', () => {
  expect(
    [['major'], ['minor'], ['build'], ['revision']].map(([part]) => bumped([1, 2, 3, 4], part!).join('.')),
  ).toEqual(['2.0.0.0', '1.3.0.0', '1.2.4.0', '1.2.3.5']);
  expect(() => bumped([1, 2, 3, 4], 'patch')).toThrow(
    "There is no part 'patch'. There is: major, minor, build, revision.",
  );
});

test('a version of two parts is one of four', () => {
  workspace.write({
    [solution]: files[solution]!.replace('1.2.3.4', '1.2'),
    [control]: files[control]!.replace('1.2.3', '1.2.0'),
  });
  raiseVersion(workspace.folder, (now) => bumped(now, 'build'));
  expect(versionOf(workspace.folder)).toBe('1.2.1.0');
});

test('nothing goes down, and then nothing is written', () => {
  expect(() => set('1.2.3.3')).toThrow(/Solution.xml is at 1\.2\.3\.4: 1\.2\.3\.3 is lower/);
  workspace.write({ [control]: files[control]!.replace('1.2.3', '9.0.0') });
  expect(() => set('2.0.0.0')).toThrow(/ControlManifest\.Input\.xml is at 9\.0\.0: 2\.0\.0 is lower/);
  expect(text(solution)).toBe(files[solution]);
});

test('the same version changes nothing', () => expect(set('1.2.3.4')).toEqual([]));

test.each(['1.2.3', '1.2.3.x', '1.2.3.4.5', '', '1.2.3.65536', '1.2.3.-1'])("'%s' is no version", (wrong) =>
  expect(() => readVersion(wrong)).toThrow(/is no version of 4 numbers/),
);

test('parts are compared as numbers', () => {
  expect(compareVersions([1, 10], [1, 9])).toBeGreaterThan(0);
  expect(compareVersions([1, 2], [1, 2, 0, 0])).toBe(0);
});
