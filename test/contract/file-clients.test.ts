/** Clients that carry files: the Dataverse connector as flows call it, and the npm package `dynamics-web-api`. */
import { DynamicsWebApi } from 'dynamics-web-api';
import { dataverseApi, dataverseOperations } from '../../emulator/flow-runtime/connectors/dataverse.ts';
import { createServiceClient } from '../../emulator/flow-runtime/connectors/service-client.ts';
import { Session } from './target/session.ts';
import { openOnFile, type Target } from './target/target.ts';

let target: Target;
let session: Session;
beforeAll(async () => {
  target = await openOnFile();
  session = new Session(target);
  await session.create('basket', 'ctr_baskets', { ctr_name: 'Of a flow' });
}, 300_000);
afterAll(() => target?.close([]));

function call(operation: string, parameters: Record<string, string | { $content: string; '$content-type': string }>) {
  const client = createServiceClient('Dataverse', () => `${target.base}/`);
  const operations = dataverseOperations({
    send: ({ connectionReference: _reference, ...one }) => client.send({ ...one, user: target.token }),
    origin: () => new URL(target.base).origin,
    tableOfSet: () => undefined,
  });
  const place = { entityName: 'ctr_baskets', recordId: session.values.get('basket')! };
  return operations[operation]!({
    api: dataverseApi,
    operation,
    parameters: { ...place, ...parameters },
    connectionReference: undefined,
  });
}

/** The smallest PNG there is. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const binary = (content: string, type: string) => ({ $content: content, '$content-type': type });

test('a flow puts a file into a row and gets it back, byte for byte', async () => {
  const content = Buffer.from([0, 255, 128, 10, 13]).toString('base64');
  const up = await call('UpdateEntityFileImageFieldContent', {
    fileImageFieldName: 'ctr_paper',
    item: binary(content, 'application/octet-stream'),
    'x-ms-file-name': 'Verträge.pdf',
  });
  expect(up.statusCode).toBe(204);
  const down = await call('GetEntityFileImageFieldContent', { fileImageFieldName: 'ctr_paper' });
  expect(down).toMatchObject({ statusCode: 200, body: { $content: content } });
  const { body } = await session.send({
    send: 'GET ctr_baskets({basket})?$select=ctr_paper_name',
    status: 200,
  });
  expect(body.ctr_paper_name).toBe('Verträge.pdf');
});

test('a flow puts an image into a row and gets the full one', async () => {
  const up = await call('UpdateEntityFileImageFieldContent', {
    fileImageFieldName: 'ctr_photo',
    item: binary(pixel, 'image/png'),
    'x-ms-file-name': 'photo.png',
  });
  expect(up.statusCode).toBe(204);
  const down = await call('GetEntityFileImageFieldContent', { fileImageFieldName: 'ctr_photo', size: 'full' });
  expect(down).toMatchObject({ statusCode: 200, body: { $content: pixel } });
});

test('dynamics-web-api uploads in chunks, downloads in chunks and deletes', async () => {
  const api = new DynamicsWebApi({
    serverUrl: new URL(target.base).origin,
    dataApi: { version: '9.2' },
    onTokenRefresh: async () => target.token,
  });
  const place = { collection: 'ctr_baskets', key: session.values.get('basket')!, property: 'ctr_paper' } as const;
  const data = Buffer.alloc(4 * 1024 * 1024 + 7, 'abcdefg');
  await api.uploadFile({ ...place, fileName: 'large.txt', data });
  const got = await api.downloadFile(place);
  expect(got).toMatchObject({ fileName: 'large.txt', fileSize: data.length });
  expect(Buffer.from(got.data as Uint8Array).equals(data)).toBe(true);
  await api.deleteRecord(place);
  expect((await call('GetEntityFileImageFieldContent', { fileImageFieldName: 'ctr_paper' })).statusCode).toBe(204);
});
