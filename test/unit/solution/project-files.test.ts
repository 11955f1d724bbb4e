import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { attribute, child, childText, children, elements, parseXml, type XmlElement } from '../../../packaging/index.ts';

const root = join(__dirname, '../../..');
const controls = readdirSync(join(root, 'controls')).filter((name) =>
  existsSync(join(root, 'controls', name, 'ControlManifest.Input.xml')),
);
const read = (path: string) => parseXml(readFileSync(join(root, path)), path);

/** A property of the project, from whichever group has it. */
const property = (project: XmlElement, name: string) =>
  children(project, 'PropertyGroup')
    .map((group) => childText(group, name))
    .find((text) => text !== '');
const packages = (project: XmlElement) =>
  children(project, 'ItemGroup').flatMap((group) =>
    children(group, 'PackageReference').map((one) => attribute(one, 'Include')),
  );
const imports = (project: XmlElement) => children(project, 'Import').map((one) => attribute(one, 'Project') ?? '');
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test.each(controls)('%s has the project that pac pcf init would make', (name) => {
  const project = read(`controls/${name}/${name}.pcfproj`);
  expect(property(project, 'Name')).toBe(name);
  expect(property(project, 'ProjectGuid')).toMatch(guid);
  expect(property(project, 'OutputPath')).toBe('$(MSBuildThisFileDirectory)out\\controls');
  expect(packages(project)).toContain('Microsoft.PowerApps.MSBuild.Pcf');
  expect(imports(project).map((path) => path.split('\\').at(-1))).toEqual([
    'Microsoft.Common.props',
    'Microsoft.PowerApps.VisualStudio.Pcf.props',
    'Microsoft.Common.targets',
    'Microsoft.PowerApps.VisualStudio.Pcf.targets',
  ]);
  const { outDir } = JSON.parse(readFileSync(join(root, 'controls', name, 'pcfconfig.json'), 'utf8')) as {
    outDir: string;
  };
  expect(outDir).toBe('./out/controls');
  const { scripts } = JSON.parse(readFileSync(join(root, 'controls', name, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts['build']).toBe('pcf-scripts build');
});

test('the projects have ids of their own', () => {
  const files = ['solution/FnOConnect.cdsproj', ...controls.map((name) => `controls/${name}/${name}.pcfproj`)];
  const ids = files.map((file) => property(read(file), 'ProjectGuid'));
  expect(new Set(ids).size).toBe(files.length);
});

test('the solution project packs this folder with the mapping file', () => {
  const project = read('solution/FnOConnect.cdsproj');
  expect(existsSync(join(root, 'solution', property(project, 'SolutionRootPath')!, 'Other/Solution.xml'))).toBe(true);
  const map = property(project, 'SolutionPackageMapFilePath')!.replace('$(MSBuildThisFileDirectory)', '');
  expect(existsSync(join(root, 'solution', map))).toBe(true);
  expect(packages(project)).toContain('Microsoft.PowerApps.MSBuild.Solution');
  const references = children(project, 'ItemGroup').flatMap((group) => children(group, 'ProjectReference'));
  // A reference would add the control's node and root component a second time.
  expect(references).toEqual([]);
});

test('the mapping file leads to sources, or to where the build puts what it makes', () => {
  const mapping = read('solution/map.xml');
  const made = /^(\.\.\/dist\/web-resources\/|\.\.\/controls\/[^/]+\/out\/controls$)/;
  const lost = elements(mapping)
    .map((one) => attribute(one, 'to')!)
    .filter((to) => !made.test(to) && !existsSync(join(root, 'solution', to)));
  expect(lost).toEqual([]);
  const folders = children(mapping, 'Folder').map((one) => attribute(one, 'to')!);
  const mapped = folders.map((to) => dirname(dirname(to)).split('/').at(-1));
  expect(mapped.sort()).toEqual([...controls].sort());
  expect(child(mapping, 'Folder')).toBeDefined();
});
