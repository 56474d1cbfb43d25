import { formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import { openFakeSlack, type FakeSlack } from '../../support/slack/fake-slack';
import { createSlackPerson } from '../../support/slack/slack-person';
import type { SlackPerson } from '../../support/slack/person-contract';
import type { Deliveries } from '../../../src/ports/deliveries';

let fake: FakeSlack;
let test: SlackDoorTest;
let ada: SlackPerson;
let others: readonly SlackDoorTest[] = [];

beforeEach(async () => {
  fake = await openFakeSlack();
  test = await openSlackDoor({ fake });
  ada = test.person({ id: 'UADA', name: 'Ada Byron', locale: 'en-GB' });
  test.answerWith({ card: formCard() }, { opens: 'form' });
});
afterEach(async () => {
  for (const door of [...others, test]) await door.close();
  others = [];
});

const settled = (milliseconds = 300) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const openForm = async (): Promise<void> => {
  await ada.command('/add-user');
  await ada.until(() => ada.shown().includes('A form'));
};

describe('A view that says it waits', () => {
  it('is filled where Slack opened it and its answer was lost', async () => {
    fake.failNext('views.open', { drop: true, effect: true });

    await ada.command('/add-user');

    await ada.until(() => ada.shown().includes('A form'));
    expect(ada.messages()).toEqual([]);
  });

  it('closed meanwhile, lets the private chat say what came of it', async () => {
    await openForm();
    const refusal = textCard('The database does not answer');
    test.answerWith(
      { card: refusal, place: 'below', audience: 'conversation', after: 2_100 },
      { effect: true },
    );

    await ada.submit();
    await ada.closeAll();

    await ada.until(() => JSON.stringify(ada.messages()).includes('does not answer'));
  });
});

it('leaves nothing in a channel of a command that only its sender saw', async () => {
  fake.addChannel({ id: 'C1', members: ['UADA'] });
  fake.failNext('views.open', { error: 'expired_trigger_id', times: 2 });

  await ada.command('/user', 'smith@contoso.example', { channel: 'C1' });
  await settled();

  expect(JSON.stringify(fake.messages('C1'))).not.toContain('smith');
  expect(ada.whispers()).toHaveLength(1);
});

it.each([0, 1])('fills the one view of two processes, whichever claims it first (%i)', async (first) => {
  const claims = new Set<string>();
  const claim =
    (index: number): Deliveries['claim'] =>
    async (key) => {
      await settled(index === first ? 20 : 60);
      const isNew = !claims.has(key);
      claims.add(key);
      return isNew;
    };
  const one = await openSlackDoor({ fake, deliveries: { claim: claim(0) } });
  const other = await openSlackDoor({ fake, deliveries: { claim: claim(1) } });
  others = [one, other];
  one.answerWith({ card: formCard() }, { opens: 'form' });
  other.answerWith({ card: formCard() }, { opens: 'form' });
  const eve = createSlackPerson(fake, { user: { id: 'UEVE', name: 'Eve' }, eventsUrl: one.eventsUrl });
  const twin = createSlackPerson(fake, { user: 'UEVE', eventsUrl: other.eventsUrl });

  const sent = eve.command('/add-user');
  await twin.deliver(eve.last());
  await sent;

  await eve.until(() => eve.shown().includes('A form'));
  await settled();
  expect(eve.messages()).toEqual([]);
});
