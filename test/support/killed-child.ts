import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

interface Life {
  /** Milliseconds from when it says `begun` until it is killed; null: it ends by itself. */
  readonly life: number | null;
  /** Kills it at any time. */
  readonly signal?: AbortSignal;
}

/** Runs a program of the tests that says a line of JSON at a time; answers what it said until it ended. */
export async function runKilled<Said extends { readonly said: string }>(
  file: string,
  args: readonly string[],
  { life, signal }: Life,
): Promise<readonly (Said | { readonly said: 'begun' })[]> {
  const command = ['--import', 'tsx', file, ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', kill);
  if (signal?.aborted) kill();
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const said: (Said | { readonly said: 'begun' })[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const one = JSON.parse(line) as Said;
    said.push(one);
    if (one.said === 'begun' && life !== null) void sleep(life).then(kill);
  }
  await ended;
  signal?.removeEventListener('abort', kill);
  return said;
}
