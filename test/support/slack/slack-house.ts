import { createSlackDoor } from '../../../src/chat/slack/door';
import { createMongoDeliveries } from '../../../src/storage/deliveries';
import type { TestDatabase } from '../mongo';
import { createTestClock, openRunningHouse, type RunningHouse } from '../running-house';
import { until } from '../until';
import { type FakeSlack, openFakeSlack } from './fake-slack';
import type { SlackPerson } from './person-contract';
import { createSlackPerson } from './slack-person';
import type { SlackUser } from './workspace';

interface Options {
  /** How Slack reaches the app: by requests unless told. */
  readonly connection?: 'http' | 'socket';
  /** `slack:UADA` unless told. */
  readonly adminAgents?: readonly string[];
  /** One of its own unless told. */
  readonly database?: TestDatabase;
  /** One that others speak to as well. */
  readonly fake?: FakeSlack;
  /** A mail server is configured. */
  readonly mail?: object;
}

export interface SlackHouse extends RunningHouse {
  readonly fake: FakeSlack;
  /** Somebody of the workspace, new unless the fake knows the id. */
  person(user: string | (Partial<SlackUser> & { readonly id: string })): SlackPerson;
}

/** The whole house with Slack's door and the fake of Slack; it knows whose token it has when this resolves. */
export async function openSlackHouse({
  connection = 'http',
  adminAgents = ['slack:UADA'],
  database,
  fake: given,
  mail,
}: Options = {}): Promise<SlackHouse> {
  const clock = createTestClock();
  const fake = given ?? (await openFakeSlack({ now: () => clock.now().getTime() }));
  const { token: botToken, apiUrl, signingSecret, appToken } = fake;
  const running = await openRunningHouse({
    adminAgents,
    clock,
    ...(database ? { database } : {}),
    ...(mail ? { mail } : {}),
    doors: ({ house, log }) => [
      createSlackDoor({
        ...{ dispatch: house.dispatch, foresee: house.foresee, renderCard: house.cards.render },
        againOf: house.cards.againOf,
        ...{ maySendFiles: house.maySendFiles, maxFileBytes: 1024 * 1024 },
        ...{ words: house.words, deliveries: createMongoDeliveries(house.records), clock, log },
        config: {
          ...{ botToken, apiUrl },
          connection: connection === 'http' ? { kind: 'http', signingSecret } : { kind: 'socket', appToken },
        },
      }),
    ],
  });
  const knowsItself = () => running.log.lines.some((line) => line.startsWith('Slack is connected.'));
  await until(() => knowsItself() && (connection === 'http' || fake.socket.connections > 0));
  const where = connection === 'http' ? { eventsUrl: `${running.url}/slack/events` } : {};
  return {
    ...running,
    fake,
    person: (user) => createSlackPerson(fake, { user, ...where }),
    async close() {
      await running.close();
      await fake.close();
    },
  };
}
