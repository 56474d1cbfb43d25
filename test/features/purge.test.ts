import { createPurge } from '../../src/features/purge';
import { directoryWith } from '../support/directory-with';
import { createRememberingLog } from '../support/remembering-log';

const now = new Date('2026-12-22T09:00:00Z');

/** A purge of so many users that are due. */
function purgeOf(due: number, purgeGrace = 0) {
  const asked: { before: Date; now: Date }[] = [];
  const log = createRememberingLog();
  const directory = directoryWith({
    purgeUsers: (before, at, limit) => {
      asked.push({ before, now: at });
      const purged = Math.min(due, limit);
      due -= purged;
      return Promise.resolve(purged);
    },
  });
  return { run: createPurge({ directory, clock: { now: () => now }, log, purgeGrace }), asked, log };
}

describe('The purge', () => {
  it('goes on until nobody is left, and logs how many there were, once', async () => {
    const { run, asked, log } = purgeOf(450);

    await run(new AbortController().signal);

    expect(asked).toEqual(Array(4).fill({ before: now, now }));
    expect(log.lines).toEqual(['Deleted users were removed for good. {"users":450}']);
  });

  it('leaves users as many hours longer as is configured', async () => {
    const { run, asked, log } = purgeOf(0, 48);

    await run(new AbortController().signal);

    expect(asked).toEqual([{ before: new Date('2026-12-20T09:00:00Z'), now }]);
    expect(log.lines).toEqual([]);
  });

  it('does not keep an ending process', async () => {
    const { run, asked } = purgeOf(450);

    await run(AbortSignal.abort());

    expect(asked).toEqual([]);
  });
});
