import { readFile, writeFile } from 'node:fs/promises';
import { isAlive } from './mongod-cache';

/**
 * The process id of the Rollcall whose mongod uses the folder. Only a hint beside mongod's own lock, which is the
 * truth: it tells a folder in use from one whose mongod is about to end, because its Rollcall was killed.
 */
export async function writeOwner(file: string): Promise<void> {
  await writeFile(file, `${process.pid}\n`, { mode: 0o600 });
}

/** The process id of the owner, if that process lives. */
export async function findLiveOwner(file: string): Promise<number | null> {
  const pid = Number(await readFile(file, 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : null;
}
