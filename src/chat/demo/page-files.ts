import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

interface PageFile {
  readonly type: string;
  readonly content: Buffer;
}

export interface PageFiles {
  readonly index: string;
  /** By the name under which the page asks for it. */
  readonly assets: ReadonlyMap<string, PageFile>;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads the built page once. `folder` holds index.html, its style and its compiled scripts. */
export function readPageFiles(folder: string): PageFiles {
  if (!existsSync(join(folder, 'client.js'))) {
    throw new Error(`The demo page is not built: there is no client.js in ${folder}. Run "npm run build".`);
  }
  const assets = new Map<string, PageFile>([['adaptivecards.js', readRenderer()]]);
  for (const name of readdirSync(folder)) {
    const type = types[extname(name)];
    if (type) assets.set(name, { type, content: readFileSync(join(folder, name)) });
  }
  return { index: readFileSync(join(folder, 'index.html'), 'utf8'), assets };
}

/** The package cannot be loaded by its name in Node; the browser gets the bundle that it ships. */
function readRenderer(): PageFile {
  const path = require.resolve('adaptivecards/dist/adaptivecards.min.js');
  return { type: 'text/javascript; charset=utf-8', content: readFileSync(path) };
}
