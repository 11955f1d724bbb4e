import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createExchange, type Question } from '../../../../emulator/virtual-tables/connections.ts';

let server: Server;
let origin: string;
/** What the service was sent, one text a connection. */
let received: string[];
/** What it does with a request that is whole. */
let answer: (socket: Socket, request: string) => void;
const open = new Set<Socket>();

beforeEach(async () => {
  received = [];
  server = createServer((socket) => {
    const place = received.push('') - 1;
    open.add(socket);
    socket.on('data', (chunk) => {
      received[place] += chunk.toString();
      answer(socket, chunk.toString());
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  for (const socket of open) socket.destroy();
  server.close();
});

const whole = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const get = (path: string, headers = {}): Question => ({ method: 'GET', path, headers });

test('exchanges one after another take one connection, those at once one each', async () => {
  const exchange = createExchange();
  answer = (socket, request) => socket.write(whole(request.split(' ')[1]!));
  expect(await exchange(origin, get('/a'))).toEqual({ status: 200, text: '/a' });
  expect(await exchange(origin, get('/b'))).toEqual({ status: 200, text: '/b' });
  expect(received).toHaveLength(1);
  const both = await Promise.all([exchange(origin, get('/c')), exchange(origin, get('/d'))]);
  expect(both.map(({ text }) => text)).toEqual(['/c', '/d']);
  expect(received).toHaveLength(2);
});

test('an answer comes in any pieces, its letters whole', async () => {
  const bytes = Buffer.from(whole('{"name":"Ångström ☃"}'));
  answer = (socket) => {
    let at = 0;
    const next = () => {
      if (at >= bytes.length) return;
      socket.write(bytes.subarray(at, (at += 7)));
      setTimeout(next, 1);
    };
    next();
  };
  expect((await createExchange()(origin, get('/'))).text).toBe('{"name":"Ångström ☃"}');
});

test('an address is escaped, a body has its length in bytes, nothing ends a header early', async () => {
  const exchange = createExchange();
  answer = (socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n');
  const question = { method: 'POST', path: "/data/Set?$filter=Name eq 'Å'", headers: { 'X-A': 'b' }, body: '"☃"' };
  expect(await exchange(origin, question)).toEqual({ status: 204, text: '' });
  expect(received[0]).toContain('POST /data/Set?$filter=Name%20eq%20%27%C3%85%27 HTTP/1.1\r\n');
  expect(received[0]).toContain('X-A: b\r\nContent-Length: 5\r\n\r\n"☃"');
  await expect(exchange(origin, get('/', { Authorization: 'Bearer a\r\nX-B: c' }))).rejects.toThrow('cannot hold');
  expect(received.join('')).not.toContain('X-B');
});

test.each([
  ['is cut off', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{')],
  ['never comes', (socket: Socket) => socket.destroy()],
  ['has no length', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\n\r\n{}')],
])('an answer that %s is an error, and the next exchange takes a new connection', async (_what, how) => {
  const exchange = createExchange();
  answer = how;
  await expect(exchange(origin, get('/'))).rejects.toThrow();
  answer = (socket) => socket.write(whole('{}'));
  expect((await exchange(origin, get('/'))).text).toBe('{}');
  expect(received).toHaveLength(2);
});

// A long piece of work keeps everybody from hearing that time is up: the service closes the connection in the next moment.
test('a connection that has waited for three seconds is not used again, though it is still open', async () => {
  let time = 0;
  const exchange = createExchange(() => time);
  answer = (socket, request) => socket.write(whole(request.split(' ')[1]!));
  await exchange(origin, get('/a'));
  time = 2999;
  await exchange(origin, get('/b'));
  expect(received).toHaveLength(1);
  time += 3000;
  expect((await exchange(origin, get('/c'))).text).toBe('/c');
  expect(received).toHaveLength(2);
});

test('a connection the service has closed meanwhile is not used again', async () => {
  const exchange = createExchange();
  answer = (socket) => socket.end(whole('1'));
  await exchange(origin, get('/'));
  await new Promise((done) => setTimeout(done, 20));
  answer = (socket) => socket.write(whole('2'));
  expect((await exchange(origin, get('/'))).text).toBe('2');
});
