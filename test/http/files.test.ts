import { mostFileBytes, type NewFile } from '../../src/ports/files';
import { StorageAway } from '../../src/ports/storage-away';
import { createMongoFiles } from '../../src/storage/files';
import { createIndexes, recordsOf, type Records } from '../../src/storage/records';
import { realEntropy } from '../support/entropy';
import { startHttpServer, testNow, type TestServer } from '../support/http-server';
import { openTestDatabase, type TestDatabase } from '../support/mongo';

const hour = 60 * 60 * 1000;
const picture: NewFile = {
  name: 'timeline.png',
  contentType: 'image/png',
  bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]),
};
const table: NewFile = {
  name: 'échec "1"/../b%.csv',
  contentType: 'text/csv; charset=utf-8',
  bytes: Buffer.from('Name\r\nZoé\r\n'),
};

let database: TestDatabase;
let records: Records;
let running: TestServer;
let now = testNow;
beforeAll(async () => {
  database = await openTestDatabase();
  records = recordsOf(database.connection);
  await createIndexes(database.connection);
});
afterAll(() => database.close());
afterEach(() => running.server.close());

const inMongo = () =>
  createMongoFiles({ records, entropy: realEntropy, publicUrl: 'https://rollcall.example.com' });

async function start(changes: Parameters<typeof startHttpServer>[0] = {}): Promise<TestServer> {
  now = testNow;
  running = await startHttpServer({ files: inMongo(), clock: { now: () => now }, ...changes });
  return running;
}

/** Keeps the file, and gives the address under which this test reads it. */
async function keep(file: NewFile): Promise<string> {
  const url = await inMongo().keep(file, now);
  expect(url).toMatch(/^https:\/\/rollcall\.example\.com\/f\/[\w-]{43}$/);
  return running.url + new URL(url).pathname;
}

describe('A file behind a link', () => {
  it('is a picture that any chat may show', async () => {
    await start();
    const response = await fetch(await keep(picture));
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(picture.bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="timeline.png"; filename*=UTF-8''timeline.png`,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  });

  it('is anything else to be saved, under a name without folders', async () => {
    await start();
    const response = await fetch(await keep(table));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(table.bytes);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="_chec _1__.._b_.csv"; filename*=UTF-8''%C3%A9chec%20_1__.._b%25.csv`,
    );
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
  });

  it('may be looked at first, and be read as often as one likes', async () => {
    await start();
    const url = await keep(table);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '12', '']);
    for (let visit = 0; visit < 3; visit++) expect((await fetch(url)).status).toBe(200);
    const posted = await fetch(url, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('is there for 24 hours', async () => {
    await start();
    const url = await keep(picture);
    now = new Date(testNow.getTime() + 24 * hour - 1);
    expect((await fetch(url)).status).toBe(200);
    now = new Date(testNow.getTime() + 24 * hour);
    expect((await fetch(url)).status).toBe(404);
    const [stored] = await records.files.find({ name: picture.name }).lean();
    expect(stored!.expiresAt).toEqual(now);
    expect(await records.files.collection.indexes()).toContainEqual(
      expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }),
    );
  });

  it('has a link that neither the database nor the log can tell', async () => {
    const { log } = await start();
    const url = await keep(picture);
    await fetch(url);
    const token = url.slice(-43);
    const stored = await records.files.collection.find().toArray();
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(log.lines.join('\n')).toContain('/f/:token');
    expect(log.lines.join('\n')).not.toContain(token);
  });

  it('may be as large as the database takes it, and no larger', async () => {
    await start();
    const url = await keep({ ...table, bytes: Buffer.alloc(mostFileBytes, 'x') });
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(mostFileBytes);
    const larger = inMongo().keep({ ...table, bytes: Buffer.alloc(mostFileBytes + 1) }, now);
    await expect(larger).rejects.toThrow(RangeError);
  });
});

describe('Where no file is', () => {
  const elsewhere = 'A'.repeat(43);

  it.each(['', 'x', elsewhere, `${elsewhere}/x`, '%ff', '..%2f'])(
    'a page says so in the language of the reader: %j',
    async (token) => {
      const { url } = await start();
      const french = await fetch(`${url}/f/${token}`, { headers: { 'Accept-Language': 'fr' } });
      expect(french.status).toBe(404);
      expect(await french.text()).toContain('<html lang="fr">');
      const page = await (await fetch(`${url}/f/${token}`)).text();
      expect(page).toContain('for 24 hours after it was made');
      expect(french.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-\S+'; form-action 'none';/,
      );
    },
  );

  it('somebody who guesses is told to wait', async () => {
    const { url } = await start();
    const guess = () => fetch(`${url}/f/x`, { headers: { 'X-Forwarded-For': '192.0.2.1' } });
    for (let tries = 0; tries < 60; tries++) await guess();
    const refused = await guess();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
  });

  it('because MongoDB is away: to be tried again', async () => {
    const { url } = await start({ files: { find: () => Promise.reject(new StorageAway(false)) } });
    const response = await fetch(`${url}/f/${elsewhere}`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await response.text()).toContain('Open the link again in a minute');
  });

  it('because something broke: a reference, the same as in the log, and no inner word', async () => {
    const { url, log } = await start({ files: { find: () => Promise.reject(new Error('inner words')) } });
    const response = await fetch(`${url}/f/${elsewhere}`);
    const page = await response.text();
    expect(response.status).toBe(500);
    expect(page).not.toContain('inner words');
    expect(log.lines.join()).toContain(/Reference: ([0-9a-f]{10})/.exec(page)![1]);
  });
});
