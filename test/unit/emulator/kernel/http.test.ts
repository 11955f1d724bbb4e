import { json, serve, type RunningServer } from '../../../../emulator/kernel/index.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await serve(async ({ method, body }) => json(200, { method, body: body.toString() }), 0);
});
afterAll(() => server.close());

test('a connection is kept for clients that ask again every few seconds', async () => {
  const { headers } = await fetch(server.origin);
  expect([headers.get('connection'), headers.get('keep-alive')]).toEqual(['keep-alive', 'timeout=120']);
});

test('a request has a body when it says so, whatever its method', async () => {
  const ask = async (init: RequestInit) => (await fetch(server.origin, init)).json();
  expect(await ask({})).toEqual({ method: 'GET', body: '' });
  expect(await ask({ method: 'DELETE' })).toEqual({ method: 'DELETE', body: '' });
  expect(await ask({ method: 'DELETE', body: 'which' })).toEqual({ method: 'DELETE', body: 'which' });
  const body = new Blob(['in pieces']).stream();
  expect(await ask({ method: 'POST', body, duplex: 'half' } as RequestInit)).toEqual({
    method: 'POST',
    body: 'in pieces',
  });
});
