import { formCard, openSlackDoor, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';
import { readScreen } from '../../support/slack/screen';

const shown = { verb: 'test.show', data: { frozen: { id: '7', seal: 's' } } };
const locale = { language: 'en', timeZone: 'UTC' } as const;

let test: SlackDoorTest;
let ada: SlackPerson;
let isShownAgain: boolean;
beforeEach(async () => {
  isShownAgain = true;
  test = await openSlackDoor({ againOf: () => (isShownAgain ? shown : null) });
  ada = test.person({ id: 'UADA', name: 'Ada Byron' });
});
afterEach(async () => {
  const { refusals } = test.fake;
  await test.close();
  expect(refusals).toEqual([]);
});

const link = { type: 'Action.OpenUrl', title: 'Report', url: 'https://rollcall.example/f/x' };
const form = () => {
  const card = formCard() as { body: object[] };
  return { ...card, body: [...card.body, { type: 'ActionSet', actions: [link] }] };
};
const last = () => ada.messages().at(-1)!;
const raw = () => JSON.stringify(last().blocks);

describe('A form that no trigger opens and a step shows again', () => {
  beforeEach(async () => {
    test.answerWith({ card: form() });
    await ada.say('test');
    await ada.until(() => ada.messages().length === 2);
  });

  it('can be read, links and all, but for its inputs; its one button leads to the step', async () => {
    expect(readScreen(last().blocks)).toContain('A form');
    expect(raw()).toContain(link.url);
    expect(raw()).not.toContain('"type":"input"');
    expect(raw()).not.toContain('test.save');

    await ada.press(last(), 'test.show');
    await ada.until(() => ada.view()?.payload.callback_id === 'test.save');

    expect(test.commands.at(-1)?.input).toEqual({ kind: 'pressed', ...shown });
  });

  it('tells where it stands, and is drawn the same way when it changes', async () => {
    await ada.until(() => test.delivered.length === 1);
    const [address] = test.delivered;
    const before = raw();

    const card = { name: 'test', data: { json: JSON.stringify(form()) } };
    expect(await test.door.messenger.update(address!, card, locale)).toBe('delivered');

    expect(last().updates).toBe(1);
    expect(raw().replaceAll(/"block_id":"[^"]+"/g, '')).toBe(before.replaceAll(/"block_id":"[^"]+"/g, ''));
  });
});

it('A form that no step shows again is offered by a button that asks for the same', async () => {
  isShownAgain = false;
  test.answerWith({ card: form() });

  await ada.say('test');
  await ada.until(() => ada.messages().length === 2);

  expect(readScreen(last().blocks)).not.toContain('A form');
  expect(raw()).toContain('test.verb');
});
