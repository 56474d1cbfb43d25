import { createLog } from '../../src/telemetry/log';
import { createReadableLines } from '../../src/telemetry/readable-lines';
import type { LogLevel } from '../../src/config';

function createRecorder(level: LogLevel = 'info', format?: (line: string) => string) {
  const written: string[] = [];
  const log = createLog({
    level,
    format,
    destination: { write: (line: string) => void written.push(line) },
  });
  const lines = () => written.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, written, lines };
}

it('writes one JSON object a line, with level, time and sentence', () => {
  const { log, lines } = createRecorder();
  log.info({ port: 3978 }, 'Listening.');
  expect(lines()).toEqual([expect.objectContaining({ level: 'info', port: 3978, msg: 'Listening.' })]);
  expect(lines()[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT/);
});

it('says nothing below its level', () => {
  const { log, written } = createRecorder('warn');
  log.debug({}, 'a');
  log.info({}, 'b');
  log.warn({}, 'c');
  log.error({}, 'd');
  expect(written).toHaveLength(2);
});

it('masks what is called like a secret, at any depth, and nothing else', () => {
  const { log, written, lines } = createRecorder();
  const secrets = {
    password: 'hush',
    MicrosoftAppPassword: 'hush',
    headers: { Authorization: 'hush', 'x-api-key': 'hush', cookie: ['hush'], accept: 'text/html' },
    list: [{ deep: { deeper: { accessToken: 'hush', clientSecret: { value: 'hush' } } } }],
    map: new Map([['token', 'hush']]),
    pin: 4,
    passwordSetAt: new Date(0),
    mustChangePassword: true,
  };
  log.warn(secrets, 'Here.');
  expect(written.join()).not.toContain('hush');
  expect(lines()[0]).toMatchObject({
    password: '[redacted]',
    headers: { accept: 'text/html' },
    pin: 4,
    passwordSetAt: '1970-01-01T00:00:00.000Z',
    mustChangePassword: true,
  });
});

it.each([
  ['a one-time link', `https://rollcall.example.com/s/${'hush'.repeat(10)}abc`],
  ['the address of a database', 'mongodb://me:hush@db.example.com/rollcall'],
  ['a bearer token', 'Bearer hushhushhush'],
  ['a token of Slack', 'xoxb-12-hush'],
  ['a JSON web token', 'eyJhbGciOiJub25lIn0.hush.hush'],
])('masks %s wherever it stands', (_, text) => {
  const { log, written } = createRecorder();
  log.error({ note: `before ${text} after`, err: new Error(text, { cause: new Error(text) }) }, text);
  expect(written.join()).not.toContain('hush');
  expect(written.join()).toContain('before');
});

it('tells an error with its stack and cause, but not what an SDK hung on it', () => {
  const { log, written, lines } = createRecorder();
  const error = Object.assign(new TypeError('Broken.', { cause: new Error('Deeper.') }), {
    code: 'E1',
    request: { body: 'payload' },
  });
  log.error({ err: error }, 'It failed.');
  const shown = { type: 'TypeError', message: 'Broken.', code: 'E1', cause: { message: 'Deeper.' } };
  expect(lines()[0]!.err).toMatchObject(shown);
  expect((lines()[0]!.err as { stack: string }).stack).toContain('log.test.ts');
  expect(written.join()).not.toContain('payload');
});

it('survives circles, bytes and what cannot be written', () => {
  const { log, lines } = createRecorder();
  const circle: Record<string, unknown> = {
    big: 1n,
    bytes: Buffer.from('hush'),
    call: () => 1,
    none: undefined,
  };
  circle.self = circle;
  log.info(circle, 'Round.');
  expect(lines()[0]).toMatchObject({ big: '1', bytes: '[4 bytes]', self: '[circular]' });
});

it('carries the bindings of a child on each of its lines, masked too', () => {
  const { log, written, lines } = createRecorder();
  log.child({ request: 'r1', token: 'hush' }).child({ door: 'demo' }).info({}, 'Turn.');
  expect(lines()[0]).toMatchObject({ request: 'r1', door: 'demo', token: '[redacted]' });
  expect(written.join()).not.toContain('hush');
});

it('is readable on a terminal', async () => {
  const { log, written } = createRecorder('info', createReadableLines({ colorize: false }));
  log.info({ port: 3978, token: 'hush' }, 'Listening.');
  await log.flush();
  expect(written.join('')).toMatch(/INFO.*Listening\.\n\s+port: 3978\n/);
  expect(written.join('')).not.toContain('hush');
});
