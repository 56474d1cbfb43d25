import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../src/storage/embedded/free-port';

/** What a child process runs: arguments to node, from the root of the project. */
export interface Program {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A program that answers `/readyz`. */
export interface RunningProgram {
  readonly url: string;
  /** From the birth of the process to its first 200, in milliseconds. */
  readonly startedIn: number;
  /** Resident memory, in MiB. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const root = join(__dirname, '..');
const startsWithinMs = 30_000;
const pauseMs = 3;

/** Starts a program and waits until it is ready. What it logs goes to the null device, as fast as it can. */
export async function startProgram({ name, args, env }: Program): Promise<RunningProgram> {
  const port = await findFreePort();
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const began = performance.now();
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...inherited, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(`${url}/readyz`))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}.`);
    if (performance.now() - began > startsWithinMs) {
      await stop(child);
      throw new Error(`${name} did not answer /readyz within ${startsWithinMs / 1000} s.`);
    }
    await sleep(pauseMs);
  }
  const startedIn = performance.now() - began;
  return { url, startedIn, memory: () => residentMemory(child), stop: () => stop(child) };
}

function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}

/** Read from outside, so that a program needs no word of it. */
async function residentMemory({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid ?? ''}/status`, 'utf8').catch(() => {
    throw new Error('The memory of a process is read from /proc, which only Linux has.');
  });
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}
