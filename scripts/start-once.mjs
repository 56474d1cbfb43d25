import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

// `npm start` with nothing configured, on a folder without data: ready, then stopped by SIGTERM with exit 0.
const readyWithin = 120_000;
const stoppedWithin = 10_000;

const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-start-'));
const port = await freePort();
const child = spawn('npm', ['start'], {
  env: { ...process.env, NODE_ENV: '', PORT: port, DATA_DIR: dataDir },
  stdio: 'inherit',
});
const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));

try {
  await ready(`http://127.0.0.1:${port}/readyz`);
  child.kill('SIGTERM');
  const late = sleep(stoppedWithin, 'still running', { ref: false });
  const outcome = await Promise.race([exited, late]);
  if (outcome !== 0) throw new Error(`After SIGTERM the process ended with: ${outcome}.`);
} finally {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
}

async function ready(url) {
  const until = Date.now() + readyWithin;
  while (Date.now() < until) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.status === 200) return;
    if (child.exitCode !== null)
      throw new Error(`The process ended with ${child.exitCode} before it was ready.`);
    await sleep(200);
  }
  throw new Error(`${url} did not answer 200 in time.`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
