import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machine } from './report';

export const benchmarks = join(__dirname, '..', 'docs', 'benchmarks.md');
const heading = '## Long runs';

/** The part of the page that is not the bench's: what came of kills and of hostile files. */
export function longRunsOn(page: string): string {
  const start = page.indexOf(heading);
  return start < 0 ? '' : page.slice(start);
}

/** The page with the result of a command in place of its former one. */
export function withResult(page: string, command: string, result: string): string {
  const part = longRunsOn(page);
  const others = part
    .split('\n')
    .filter((line) => line.startsWith('- ') && !line.startsWith(`- \`${command}\``));
  const lines = [...others, `- \`${command}\`: ${result}`].sort();
  const rest = part === '' ? `${page.trimEnd()}\n\n` : page.slice(0, -part.length);
  return `${rest}${heading}\n\nEach line is written by its command.\n\n${lines.join('\n')}\n`;
}

/** Writes the result of a command, with the day and the machine, into the page of measurements. */
export async function noteResult(command: string, result: string): Promise<void> {
  const line = `${new Date().toISOString().slice(0, 10)}, ${machine()}: ${result}`;
  await writeFile(benchmarks, withResult(await readFile(benchmarks, 'utf8'), command, line));
}
