import { spawn } from 'node:child_process';

/**
 * Runs in a process of its own that outlives a killed Rollcall: the pipe from its parent ends with the parent,
 * however that ended, and then it asks mongod to end. SIGTERM, so that mongod closes its files; SIGKILL after 10 s.
 */
const keep = `
  const pid = Number(process.argv[1]);
  const signal = (name) => { try { return process.kill(pid, name); } catch { return false; } };
  const end = (tries) => {
    if (!signal(tries > 0 ? 0 : 'SIGKILL') || tries === 0) process.exit();
    setTimeout(end, 100, tries - 1);
  };
  process.stdin.on('data', () => process.exit());
  process.stdin.on('error', () => undefined);
  process.stdin.on('close', () => { signal('SIGTERM'); end(100); });
`;

export interface Keeper {
  /** To be called when mongod has ended by itself, before its process id can mean something else. */
  dismiss(): void;
}

export function startKeeper(pid: number): Keeper {
  const child = spawn(process.execPath, ['-e', keep, String(pid)], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  return { dismiss: () => child.stdin.end('done') };
}
