import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

export interface BuiltPage {
  readonly folder: string;
  remove(): void;
}

const source = join(__dirname, '..', '..', 'src', 'chat', 'demo', 'page');
const compilerOptions = { module: ModuleKind.ES2022, target: ScriptTarget.ES2022 };

/** The files of the page by name, compiled once for all servers of a test file. */
let compiled: ReadonlyMap<string, Buffer | string> | undefined;

/** Builds the demo page into a folder of its own, so that a test needs no build before it. */
export function buildDemoPage(): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-page-'));
  compiled ??= new Map(readdirSync(source).map(compile));
  for (const [name, content] of compiled) writeFileSync(join(folder, name), content);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function compile(name: string): [string, Buffer | string] {
  const content = readFileSync(join(source, name));
  if (!name.endsWith('.ts')) return [name, content];
  const { outputText } = transpileModule(content.toString(), { compilerOptions });
  return [name.replace(/\.ts$/, '.js'), outputText];
}
