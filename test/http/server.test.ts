import { connect } from 'node:net';
import { get, Agent } from 'node:http';
import type { DoorRoute } from '../../src/chat/door';
import { startHttpServer, type TestServer } from '../support/http-server';

let running: TestServer | undefined;
async function start(...changes: Parameters<typeof startHttpServer>): Promise<TestServer> {
  running = await startHttpServer(...changes);
  return running;
}
afterEach(async () => {
  await running?.server.close();
  running = undefined;
});

/** Sends bytes as they are and gives the whole answer. */
function exchange(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });
}

describe('what operations ask', () => {
  it('it lives, whatever MongoDB does', async () => {
    const { url } = await start({ isReady: () => new Promise(() => undefined) });
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it.each([
    ['answers', () => Promise.resolve(true), 200],
    ['does not answer', () => Promise.resolve(false), 503],
    ['fails', () => Promise.reject(new Error('away')), 503],
    ['hangs', () => new Promise<boolean>(() => undefined), 503],
  ])('it is ready or not, within two seconds, when MongoDB %s', async (_, isReady, status) => {
    const { url } = await start({ isReady });
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    expect(response.status).toBe(status);
  });

  it('metrics are read from this machine without a token', async () => {
    const { url } = await start({ metricsToken: 'hush' });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('rollcall_turns_total');
  });

  it.each(['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via'])(
    'metrics need the token of whoever comes through a proxy (%s)',
    async (header) => {
      const { url } = await start({ metricsToken: 'hush' });
      const read = (authorization: string) =>
        fetch(`${url}/metrics`, { headers: { [header]: '127.0.0.1', authorization } });
      expect((await read('')).status).toBe(401);
      expect((await read('Bearer nonsense')).status).toBe(401);
      expect((await read('Basic hush')).status).toBe(401);
      expect((await read('Bearer hush')).status).toBe(200);
    },
  );

  it('metrics without a token are for nobody else', async () => {
    const { url } = await start();
    const headers = { 'X-Forwarded-For': '127.0.0.1', Authorization: 'Bearer ' };
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(403);
  });
});

describe('every answer', () => {
  it.each(['/livez', '/nothing', '/s/x', '/metrics'])(
    'of %s forbids whatever is not needed',
    async (path) => {
      const { url } = await start();
      const { headers } = await fetch(url + path);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+$/);
      expect(headers.get('cache-control')).toBe('no-store');
    },
  );

  it('of an unknown path is a plain 404', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/<script>`);
    expect([response.status, await response.text()]).toEqual([404, 'Not Found']);
    expect((await fetch(`${url}/LIVEZ`)).status).toBe(404);
  });
});

describe('the doors', () => {
  const route = (path: string, handle: DoorRoute['handle']): DoorRoute => ({ method: 'POST', path, handle });

  it('get their requests as they came, with the body unread', async () => {
    const echo = route('/api/messages', (request, response) => void request.pipe(response));
    const { url } = await start({ doors: [{ routes: [echo] }] });
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      body: '{"a": 1 }',
      headers: { 'content-type': 'application/json' },
    });
    expect(await response.text()).toBe('{"a": 1 }');
    expect((await fetch(`${url}/api/messages`)).status).toBe(404);
  });

  it('may say what their pages need', async () => {
    const page: DoorRoute = {
      method: 'GET',
      path: '/',
      handle: (_, response) =>
        response.setHeader('Content-Security-Policy', "default-src 'self'").end('page'),
    };
    const { url } = await start({ doors: [{ routes: [page] }] });
    expect((await fetch(url)).headers.get('content-security-policy')).toBe("default-src 'self'");
  });

  it('show a reference and nothing else when they fail, the same as in the log', async () => {
    const broken = route('/broken', () => {
      throw new Error('inner words');
    });
    const { url, log } = await start({ doors: [{ routes: [broken] }] });
    const response = await fetch(`${url}/broken`, { method: 'POST' });
    const body = await response.text();
    expect(response.status).toBe(500);
    expect(body).toMatch(/^Internal Server Error [0-9a-f]{10}$/);
    expect(log.lines.join()).toContain(body.slice(-10));
  });
});

describe('a request that is no HTTP', () => {
  it('is refused without a word about its path', async () => {
    const { port, log } = await start();
    const answer = await exchange(port, 'GET /livez/%ff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(log.lines.join()).not.toContain('%ff');
  });
});

describe('closing', () => {
  it('finishes what runs, ends what only listens and lets nobody in', async () => {
    let finish = (): void => undefined;
    const slow: DoorRoute = {
      method: 'GET',
      path: '/slow',
      handle: (_, response) => void (finish = () => response.end('done')),
    };
    const events: DoorRoute = {
      method: 'GET',
      path: '/events',
      handle: (_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\n');
      },
    };
    const { url, server } = await startHttpServer({ doors: [{ routes: [slow, events] }] });
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) =>
      get(`${url}/livez`, { agent }, (response) => response.resume().on('end', resolve)),
    );
    const stream = (await fetch(`${url}/events`)).text();
    const answer = fetch(`${url}/slow`);
    await new Promise((resolve) => setTimeout(resolve, 100));

    const started = Date.now();
    const closed = server.close();
    expect(await stream).toBe('data: 1\n\n');
    await expect(fetch(`${url}/livez`)).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe('done');
    await closed;
    expect(Date.now() - started).toBeLessThan(2_000);
    agent.destroy();
  });

  it('cuts off who does not come to an end', async () => {
    const endless: DoorRoute = { method: 'GET', path: '/endless', handle: () => undefined };
    const { url, server } = await startHttpServer({ doors: [{ routes: [endless] }] });
    const answer = fetch(`${url}/endless`).catch(() => 'cut off');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close();
    expect(await answer).toBe('cut off');
  });

  it('says so when the address is taken', async () => {
    const { port } = await start();
    await expect(startHttpServer({ port })).rejects.toThrow('EADDRINUSE');
  });
});
