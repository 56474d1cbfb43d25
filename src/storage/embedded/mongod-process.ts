import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { startKeeper } from './keeper';

export interface MongodSettings {
  readonly program: string;
  readonly folder: string;
  readonly port: number;
  /** Without one: a single server, which has no transactions. */
  readonly replicaSet?: string;
}

/** A mongod that listens. */
export interface RunningMongod {
  readonly ended: Promise<void>;
  /** Asks it to end, so that it closes its files; one that does not is ended after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

export type MongodStart =
  | { readonly kind: 'running'; readonly mongod: RunningMongod }
  | { readonly kind: 'folder-in-use' }
  | { readonly kind: 'port-in-use' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Longer than any recovery after a crash seen on a demo's data. */
const startsWithinMs = 60_000;

/** Resolves as soon as mongod listens, or has ended. */
export async function startMongod(settings: MongodSettings): Promise<MongodStart> {
  // A process group of its own: Ctrl-C in a terminal must reach Rollcall alone, which then stops mongod last.
  const child = spawn(settings.program, mongodArgs(settings), {
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const keeper = child.pid === undefined ? null : startKeeper(child.pid);
  void ended.then(() => keeper?.dismiss());
  const start = await watchStart(child);
  if (start !== 'listens') return start;
  return { kind: 'running', mongod: { ended, stop: (patienceMs) => endChild(child, ended, patienceMs) } };
}

function mongodArgs({ folder, port, replicaSet }: MongodSettings): string[] {
  const address = ['--bind_ip', '127.0.0.1', '--port', String(port)];
  const files = ['--dbpath', folder, '--storageEngine', 'wiredTiger', '--wiredTigerCacheSizeGB', '0.25'];
  const set = replicaSet ? ['--replSet', replicaSet, '--oplogSize', '256'] : [];
  const parameters = [
    'diagnosticDataCollectionEnabled=false',
    'shutdownTimeoutMillisForSignaledShutdown=100',
  ];
  const quiet = process.platform === 'win32' ? ['--quiet'] : ['--quiet', '--nounixsocket'];
  return [...address, ...files, ...set, ...quiet, ...parameters.flatMap((each) => ['--setParameter', each])];
}

function watchStart(child: ChildProcess): Promise<'listens' | Exclude<MongodStart, { kind: 'running' }>> {
  return new Promise((resolve) => {
    const faults: string[] = [];
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ kind: 'failed', reason: `it did not listen within ${startsWithinMs / 1000} s` });
    }, startsWithinMs);
    const settle = (outcome: Parameters<typeof resolve>[0]) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    const read = (line: string) => {
      if (line.includes('"Waiting for connections"')) settle('listens');
      else if (/"s":"[EF]"/.test(line) || !line.startsWith('{')) faults.splice(0, faults.length - 4, line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', read);
    }
    child.once('error', (error) => settle({ kind: 'failed', reason: error.message }));
    // `close` and not `exit`: the last lines say why.
    child.once('close', (code, signal) => settle(explainEnd(faults.join('\n'), code, signal)));
  });
}

function explainEnd(
  faults: string,
  code: number | null,
  signal: string | null,
): Exclude<MongodStart, { kind: 'running' }> {
  if (code === 100 && faults.includes('DBPathInUse')) return { kind: 'folder-in-use' };
  if (code === 48) return { kind: 'port-in-use' };
  if (code === 62) return { kind: 'failed', reason: 'the files were written by another version of MongoDB' };
  const said = /"error":"([^"]+)"/.exec(faults)?.[1] ?? faults.slice(0, 500);
  return {
    kind: 'failed',
    reason: `it ended with ${signal ?? `code ${code ?? 'none'}`}${said && `: ${said}`}`,
  };
}

async function endChild(child: ChildProcess, ended: Promise<void>, patienceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
}
