import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

// What the compiler leaves behind of the demo page: its document, style and icon.
const from = join(import.meta.dirname, '..', 'src', 'chat', 'demo', 'page');
const to = join(import.meta.dirname, '..', 'dist', 'chat', 'demo', 'page');

mkdirSync(to, { recursive: true });
for (const name of readdirSync(from)) {
  if (!name.endsWith('.ts')) copyFileSync(join(from, name), join(to, name));
}
