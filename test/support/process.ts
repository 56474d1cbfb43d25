import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testMongod } from './mongo';

const root = join(__dirname, '..', '..');

export interface Process {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it has written so far. */
  output(): string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

/** Rollcall as it runs for people (`npm run build` first), with nothing of this machine's environment but PATH. */
export function spawnRollcall(env: Readonly<Record<string, string>>): Process {
  const { PATH = '', HOME = '' } = process.env;
  const settings = { PATH, HOME, MONGOD_PATH: testMongod(), ...env };
  const child = spawn(process.execPath, ['dist/main.js'], { cwd: root, env: settings });
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => written.push(String(chunk)));
  return {
    child,
    url: `http://127.0.0.1:${env.PORT ?? ''}`,
    output: () => written.join(''),
    ended: new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code))),
  };
}

export async function untilReady({ url, child, output }: Process): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`It ended before it was ready: ${output()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error(`It was not ready within 20 s: ${output()}`);
}

export function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(String(port)));
    });
  });
}
