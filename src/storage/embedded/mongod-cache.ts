import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkMongod } from './mongod-version';

const suffix = process.platform === 'win32' ? '.exe' : '';
const partial = /^fetching-(\d+)-/;

/** Where a fetched mongod of this platform lies in a cache folder. */
export function cachedMongod(cacheDir: string): string {
  return join(cacheDir, `mongod-${process.platform}-${process.arch}${suffix}`);
}

/**
 * Lets `fetch` make a mongod in a folder of its own and moves it into the cache in one step, so that processes
 * which fetch at the same time cannot spoil each other's file. Throws when the fetched program does not run here.
 */
export async function fetchIntoCache(
  cacheDir: string,
  fetch: (folder: string) => Promise<string>,
): Promise<string> {
  await removeAbandoned(cacheDir);
  const folder = join(cacheDir, `fetching-${process.pid}-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  try {
    const fetched = await fetch(folder);
    await chmod(fetched, 0o755);
    const check = await checkMongod(fetched);
    if (!check.ok) throw new Error(check.reason);
    await rename(fetched, cachedMongod(cacheDir));
    return cachedMongod(cacheDir);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a killed process left half fetched. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = partial.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM';
  }
}
