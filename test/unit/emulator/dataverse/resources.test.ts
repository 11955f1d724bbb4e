import { handleResourceRequest } from '../../../../emulator/dataverse/resources.ts';
import { request } from '../../../../emulator/kernel/index.ts';
import { anImportTarget, type ImportTarget } from '../../../support/import-target.ts';
import { aControl, aWebResource } from '../../../support/solution-builder.ts';

let target: ImportTarget;
beforeAll(async () => {
  target = await anImportTarget();
  await target.add([
    aWebResource('ora_/scripts/box.js', { content: 'let ü = 1;' }),
    aWebResource('ora_/plain', { id: '5b2f6d1e-6a0c-4a53-9a61-0c2b1f3d7e15', type: 8 }),
    aControl('ora_Orchard.Bar', { files: { 'bundle.js': '// bar', 'css/bar.css': 'b {}', 'data.bin': 'x' } }),
  ]);
});
afterAll(() => target.close());

const get = (url: string, headers = {}, method = 'GET') =>
  handleResourceRequest(target.database, request(method, url, headers));

test.each([
  ['/WebResources/ora_/scripts/box.js', 'text/javascript; charset=utf-8', 'let ü = 1;'],
  ['/webresources/ora_%2Fscripts%2Fbox.js?v=1', 'text/javascript; charset=utf-8', 'let ü = 1;'],
  ['/WebResources/ora_/plain', 'application/octet-stream', '// script'],
  ['/CustomControls/ora_Orchard.Bar/bundle.js', 'text/javascript; charset=utf-8', '// bar'],
  ['/CustomControls/ora_Orchard.Bar/css/bar.css', 'text/css; charset=utf-8', 'b {}'],
  ['/CustomControls/ora_Orchard.Bar/data.bin', 'application/octet-stream', 'x'],
])('serves %s as %s', (url, type, content) => {
  const { status, headers, body } = get(url);
  expect([status, headers['Content-Type'], body.toString(), headers['X-Content-Type-Options']]).toEqual([
    200,
    type,
    content,
    'nosniff',
  ]);
});

test('answers 304 while the content is the same', () => {
  const { headers } = get('/WebResources/ora_/scripts/box.js');
  const again = get('/WebResources/ora_/scripts/box.js', { 'If-None-Match': `"other", W/${String(headers['ETag'])}` });
  expect([again.status, again.body]).toEqual([304, '']);
  expect(get('/WebResources/ora_/plain', { 'If-None-Match': String(headers['ETag']) }).status).toBe(200);
});

test.each([
  '/WebResources/ora_/none.js',
  '/WebResources/%E0%A4%A',
  '/CustomControls/ora_Orchard.Bar/../bundle.js',
  '/CustomControls/ora_None/x',
  '/elsewhere',
])('answers 404 to %s', (url) =>
  expect(get(url)).toMatchObject({ status: 404, body: 'The web resource was not found.' }),
);

test('takes GET and HEAD only', () => {
  expect(get('/WebResources/ora_/plain', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  expect(get('/WebResources/ora_/plain', {}, 'POST')).toMatchObject({ status: 405, headers: { Allow: 'GET, HEAD' } });
});
