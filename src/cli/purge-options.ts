import { parseArgs } from 'node:util';

/**
 * Throws for what is neither nothing nor `--dry-run`. Without the `--` before it npm takes the option for one of its
 * own, and hands it on in its own way.
 */
export function isDryRun(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { values } = parseArgs({ args: [...args], options: { 'dry-run': { type: 'boolean' } } });
  return values['dry-run'] === true || env['npm_config_dry_run'] === 'true';
}
