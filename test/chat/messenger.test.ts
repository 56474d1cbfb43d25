import type { Door } from '../../src/chat/door';
import { createMessenger } from '../../src/chat/messenger';
import { failureOf, type Messenger } from '../../src/ports/messenger';

const card = { name: 'help', data: {} };
const locale = { language: 'en', timeZone: 'UTC' } as const;
const address = { conversation: 'slack:D1', message: '1.1' };
const never = () => new Promise<never>(() => undefined);

function doorOf(name: Door['name'], messenger: Partial<Messenger>) {
  return { name, messenger: { post: never, update: never, ...messenger } };
}

describe('The messenger', () => {
  it('speaks through the door of the conversation', async () => {
    const { post, update } = createMessenger([
      doorOf('teams', {}),
      doorOf('slack', {
        post: () => Promise.resolve(address),
        update: () => Promise.resolve('delivered'),
      }),
    ]);

    expect(await post('slack:D1', card, locale)).toBe(address);
    expect(await update(address, card, locale)).toBe('delivered');
  });

  it('finds nobody behind a door that is not there', async () => {
    const { post, update, reaches } = createMessenger([doorOf('teams', {})]);

    expect(['teams:19:x', 'slack:D1'].map(reaches)).toEqual([true, false]);
    expect(await post('slack:D1', card, locale)).toBe('gone');
    expect(await update(address, card, locale)).toBe('gone');
  });

  it('does not wait for ever for a chat that hangs, and says that the card may have come', async () => {
    const { post, update } = createMessenger([doorOf('slack', {})], 10);

    for (const call of [post('slack:D1', card, locale), update(address, card, locale)]) {
      const failure: unknown = await call.catch((error: unknown) => error);
      expect(failure).toMatchObject({ message: 'The chat did not answer in time.' });
      expect(failureOf(failure)).toEqual({ retryAfterMs: null, mayHaveHappened: true });
    }
  });
});
