import { isUnchanged, sourcesHash, stamp } from '../../../alm/control-stamp.ts';
import { aWorkspace, type Workspace } from '../../support/workspace.ts';

let workspace: Workspace;
beforeEach(() => {
  const files = { 'controls/Bar/index.ts': 'one', 'controls/Bar/model.ts': 'two', 'controls/shared/money.ts': 'three' };
  workspace = aWorkspace([], { files });
  stamp(workspace.folder, 'Bar', sourcesHash(workspace.folder, 'Bar'));
});
afterEach(() => workspace.remove());

test('a control whose sources are as they were is unchanged; one that was never built is not', () => {
  expect(isUnchanged(workspace.folder, 'Bar')).toBe(true);
  expect(isUnchanged(workspace.folder, 'Other')).toBe(false);
});

test.each([
  ['a file of its own', { 'controls/Bar/model.ts': 'changed' }],
  ['a new file', { 'controls/Bar/new.ts': '' }],
  ['a file gone', { 'controls/Bar/model.ts': undefined }],
  ['text moved from one file to the next', { 'controls/Bar/index.ts': 'onet', 'controls/Bar/model.ts': 'wo' }],
  ['shared code', { 'controls/shared/money.ts': 'changed' }],
  ['versions of the tools', { 'package.json': '{}' }],
])('%s changes it', (_, files) => {
  workspace.write(files);
  expect(isUnchanged(workspace.folder, 'Bar')).toBe(false);
});

test('what the build makes does not change it, nor does another control', () => {
  workspace.write({ 'controls/Bar/out/controls/bundle.js': 'x', 'controls/Bar/generated/ManifestTypes.d.ts': 'x' });
  workspace.write({ 'controls/Foo/index.ts': 'x' });
  expect(isUnchanged(workspace.folder, 'Bar')).toBe(true);
});
