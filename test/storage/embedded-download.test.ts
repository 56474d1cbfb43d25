import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadMongod } from '../../src/storage/embedded/mongod-download';
import { createRememberingLog } from '../support/remembering-log';

/** Stands in for the download site; the library takes its address from these variables. */
const settings = ['MONGOMS_DOWNLOAD_MIRROR', 'MONGOMS_USE_HTTP'] as const;
const program = `#!/bin/sh\necho "db version v8.2.6"\n# ${'x'.repeat(3_000_000)}\n`;

let root: string;
let archive: Buffer;
let checksum: string;
let site: Server;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'rollcall-download-'));
  mkdirSync(join(root, 'mongodb', 'bin'), { recursive: true });
  writeFileSync(join(root, 'mongodb', 'bin', 'mongod'), program);
  chmodSync(join(root, 'mongodb', 'bin', 'mongod'), 0o755);
  execFileSync('tar', ['-cf', join(root, 'archive.tar'), '-C', root, 'mongodb/bin/mongod']);
  execFileSync('gzip', ['-1', join(root, 'archive.tar')]);
  archive = Buffer.concat([readFileSync(join(root, 'archive.tar.gz'))]);
  checksum = createHash('md5').update(archive).digest('hex');
  site = createServer((request, response) => {
    response.end(request.url?.endsWith('.md5') ? `${checksum}  archive.tgz\n` : archive);
  }).listen(0, '127.0.0.1');
  await once(site, 'listening');
  process.env[settings[0]] = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  process.env[settings[1]] = 'true';
});

afterEach(async () => {
  for (const name of settings) Reflect.deleteProperty(process.env, name);
  site.close();
  await once(site, 'close').catch(() => undefined);
  rmSync(root, { recursive: true, force: true });
});

test('takes the mongod out of the archive into the folder it was given', async () => {
  const path = await downloadMongod(join(root, 'folder'), createRememberingLog());

  expect(path.startsWith(join(root, 'folder'))).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(program);
});

test('refuses an archive with another checksum', async () => {
  checksum = '0'.repeat(32);

  await expect(downloadMongod(join(root, 'folder'), createRememberingLog())).rejects.toThrow(/MD5/i);
});

test('gives up at once when the site cannot be reached', async () => {
  process.env[settings[0]] = 'http://127.0.0.1:9';
  const before = performance.now();

  await expect(downloadMongod(join(root, 'folder'), createRememberingLog())).rejects.toThrow('ECONNREFUSED');
  expect(performance.now() - before).toBeLessThan(2_000);
});
