import { setTimeout as sleep } from 'node:timers/promises';
import { accountsOf } from '../../src/directory/mongo/accounts';
import { createMongoDirectory } from '../../src/directory/mongo/directory';
import { createReminding } from '../../src/house-reminders';
import type { Card } from '../../src/ports/card';
import type { Chats } from '../../src/ports/messenger';
import { createMongoAuditTrail } from '../../src/storage/audit-trail';
import { connect } from '../../src/storage/connection';
import { createMongoLiveCards } from '../../src/storage/live-cards';
import { createMongoOperators } from '../../src/storage/operators';
import { createMongoPeople } from '../../src/storage/people';
import { recordsOf } from '../../src/storage/records';
import { createMetrics } from '../../src/telemetry/metrics';
import { realEntropy } from './entropy';

/** A digest as such a process posts it to its chat. */
export interface PostedDigest {
  readonly conversation: string;
  readonly userIds: readonly string[];
  /** It says that it may have come already. */
  readonly repeat: boolean;
}

/** Reminds without end in a process of its own, to be killed at any moment. Its claims begin with its mark. */
async function main([uri = '', chat = '', mark = '']: string[]): Promise<void> {
  const { connection } = await connect({ uri });
  const tell = (data: object, message: string) =>
    process.stderr.write(`${message} ${JSON.stringify(data)}\n`);
  const marked = (count: number) =>
    Buffer.concat([Buffer.from(mark, 'base64url'), realEntropy.bytes(count)]).subarray(0, count);
  // Workers are nine bytes, and nothing else is.
  const bytes = (count: number) => (count === 9 ? marked(count) : realEntropy.bytes(count));
  const records = recordsOf(connection);
  const reminding = createReminding({
    ...{ connection, records },
    directory: createMongoDirectory({ connection, accounts: accountsOf(connection), records }),
    operators: createMongoOperators(
      { connection, records },
      { adminAgents: ['web:ada'], everybodyMay: false },
    ),
    trail: createMongoAuditTrail(records),
    people: createMongoPeople(records),
    liveCards: createMongoLiveCards(records),
    metrics: createMetrics(),
    clock: { now: () => new Date() },
    entropy: { ...realEntropy, bytes },
    log: { debug: () => undefined, info: () => undefined, warn: tell, error: tell },
  });
  const messenger: Chats = {
    reaches: () => true,
    update: () => Promise.resolve('delivered'),
    async post(conversation, card) {
      const response = await fetch(chat, {
        method: 'POST',
        body: JSON.stringify(posted(conversation, card)),
      });
      return { conversation, message: await response.text() };
    },
  };
  const remind = reminding.createRemind(messenger);
  process.stdout.write('{"said":"begun"}\n');
  for (;;) {
    await remind.runDue(new AbortController().signal);
    await sleep(50);
  }
}

function posted(conversation: string, { data }: Card): PostedDigest {
  const { userIds } = data.drawnFrom as { userIds: string };
  return { conversation, userIds: userIds.split(','), repeat: (data.repeat as object[]).length > 0 };
}

if (require.main === module) void main(process.argv.slice(2));
