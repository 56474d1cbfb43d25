import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

export interface BuiltPage {
  readonly folder: string;
  remove(): void;
}

const source = join(__dirname, '..', '..', 'src', 'chat', 'demo', 'page');
const compilerOptions = { module: ModuleKind.ES2022, target: ScriptTarget.ES2022 };

/** Builds the demo page into a folder of its own, so that a test needs no build before it. */
export function buildDemoPage(): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-page-'));
  for (const name of readdirSync(source)) {
    const from = join(source, name);
    if (name.endsWith('.ts')) {
      const { outputText } = transpileModule(readFileSync(from, 'utf8'), { compilerOptions });
      writeFileSync(join(folder, name.replace(/\.ts$/, '.js')), outputText);
    } else {
      copyFileSync(from, join(folder, name));
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
