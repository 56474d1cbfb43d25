import { runProgram } from './programs';

/** The driver speaks to MongoDB 4.4 and later. */
const oldest = [4, 4] as const;

export type MongodCheck =
  { readonly ok: true; readonly version: string } | { readonly ok: false; readonly reason: string };

/** Runs `--version`: tells a mongod that works here from one that does not, from an old one and from something else. */
export async function checkMongod(path: string): Promise<MongodCheck> {
  const ran = await runProgram(path, ['--version'], 15_000);
  const firstLines = ran.output.split('\n').slice(0, 2).join(' ').trim();
  if (!ran.ok) return { ok: false, reason: `${path} does not run: ${firstLines}` };
  const found = /db version v(\d+)\.(\d+)\.\d+\S*/.exec(ran.output);
  if (!found) return { ok: false, reason: `${path} is not a mongod: it says "${firstLines}"` };
  const version = found[0].slice('db version v'.length);
  const [major, minor] = [Number(found[1]), Number(found[2])];
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return { ok: false, reason: `${path} is MongoDB ${version}; 4.4 or later is needed` };
  }
  return { ok: true, version };
}
