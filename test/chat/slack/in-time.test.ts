import { formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

let test: SlackDoorTest;
let ada: SlackPerson;

beforeEach(async () => {
  test = await openSlackDoor();
  ada = test.person({ id: 'UADA', name: 'Ada Byron', locale: 'en-GB' });
  test.answerWith({ card: formCard() }, { opens: 'form' });
  await ada.command('/add-user');
  await ada.until(() => ada.shown().includes('A form'));
  await ada.fill({ name: 'Smith' });
});
afterEach(async () => {
  const { refusals } = test.fake;
  await test.close();
  expect(refusals).toEqual([]);
  expect(ada.troubles).toEqual([]);
});

const sentIn = async (): Promise<number> => {
  const sent = performance.now();
  await ada.submit();
  return performance.now() - sent;
};

describe('A form that takes long to decide', () => {
  it('is shown as being worked on after two seconds, and then its result', async () => {
    test.answerWith({ card: textCard('Saved'), after: 2_300 }, { effect: true });

    const answeredIn = await sentIn();
    const meanwhile = ada.shown();
    await ada.until(() => ada.shown() === 'Saved');

    expect(answeredIn).toBeLessThan(2_700);
    expect(meanwhile).toContain('Still working');
    await ada.until(() => test.delivered.length === 1);
  });

  it('comes back with what was typed where it was refused', async () => {
    const refusal = textCard('The database does not answer');
    test.answerWith(
      { card: refusal, place: 'below', audience: 'conversation', after: 2_100 },
      { effect: true },
    );

    await ada.submit();
    await ada.until(() => ada.shown().includes('The database'));

    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
    await ada.submit();
    await ada.until(() => ada.view()?.updates === 4);
    expect(ada.shown().match(/The database/g)).toHaveLength(1);
    test.answerWith({ card: textCard('Saved') });
    await ada.submit();
    expect(ada.shown()).toBe('Saved');
    expect(test.commands.at(-1)?.input).toEqual(test.commands.at(-2)?.input);
  });

  it('is drawn anew with the faults under its fields', async () => {
    const values = { name: 'Smith' };
    test.answerWith({ card: formCard({ values, faults: { name: 'Too short' } }), after: 2_100 });

    await ada.submit();
    await ada.until(() => ada.shown().includes('Too short'));

    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
  });
});

/** Cannot be made an answer of. */
const broken = {
  toJSON() {
    throw new Error('It cannot be drawn.');
  },
};

it.each([
  ['at once', 0],
  ['late', 2_300],
])('leaves what was typed to be sent again where the answer fails %s', async (_, after) => {
  test.answerWith({ card: broken, after });

  await ada.submit();
  await ada.until(() => ada.shown().includes('could not be shown'));

  expect(ada.values()).toEqual({ name: 'Smith', town: '' });
  test.answerWith({ card: textCard('Saved') });
  await ada.submit();
  expect(ada.shown()).toBe('Saved');
  expect(test.commands.at(-1)?.input).toEqual(test.commands.at(-2)?.input);
});

it('finishes what runs before it closes, and takes nothing new', async () => {
  test.answerWith({ card: textCard('Saved'), after: 400 }, { effect: true });
  const submitted = ada.submit();
  await ada.until(() => test.commands.length === 2);

  const closing = test.door.close();
  const late = await ada.deliver(ada.last());
  await Promise.all([submitted, closing]);

  expect(late[0]?.status).toBe(503);
  expect(test.delivered).toHaveLength(1);
  expect(ada.shown()).toBe('Saved');
});
