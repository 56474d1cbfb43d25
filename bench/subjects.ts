import { join } from 'node:path';
import type { Program } from './program';

/** Rollcall as `npm start` runs it, on a MongoDB that runs already. */
export function rollcall(mongodbUri: string): Program {
  return { name: 'Rollcall', args: ['dist/main.js'], env: { MONGODB_URI: mongodbUri, LOG_LEVEL: 'info' } };
}

/** A bot that only echoes. */
export const echo: Program = { name: 'bare echo', args: [join('bench', 'floor', 'echo.cjs')], env: {} };

/** A process that loads the SDKs, connects and listens. */
export function bareStart(mongodbUri: string): Program {
  return {
    name: 'bare start',
    args: [join('bench', 'floor', 'start.cjs')],
    env: { MONGODB_URI: mongodbUri },
  };
}
