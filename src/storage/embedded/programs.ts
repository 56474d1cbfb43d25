import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface Ran {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end; never throws. `timeoutMs` ends it. */
export function runProgram(program: string, args: readonly string[], timeoutMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, windowsHide: true, maxBuffer: 4 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve({ ok: error === null, output: said || (error?.message ?? '') });
    });
  });
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** The full path of a program in the folders of `searchPath` (the variable PATH), or null. */
export async function findOnPath(name: string, searchPath: string): Promise<string | null> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  for (const folder of searchPath.split(delimiter).filter(Boolean)) {
    const candidate = join(folder, file);
    if (await isExecutable(candidate)) return candidate;
  }
  return null;
}
