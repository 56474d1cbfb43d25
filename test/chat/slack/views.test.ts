import { button, formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

let test: SlackDoorTest;
let ada: SlackPerson;
/** What Slack may refuse in a test, because something was gone or too late. */
let excused: string[];

beforeEach(async () => {
  excused = [];
  test = await openSlackDoor();
  ada = test.person({ id: 'UADA', name: 'Ada Byron', locale: 'en-GB' });
});
afterEach(async () => {
  const { refusals } = test.fake;
  await test.close();
  expect(refusals.map(({ answer }) => answer?.error)).toEqual(excused);
  expect(ada.troubles).toEqual([]);
});

const openForm = async (): Promise<void> => {
  const actions = [button('test.other', 'Other', { frozen: { id: '7' } })];
  test.answerWith({ card: formCard({ actions }) }, { opens: 'form' });
  await ada.command('/add-user');
  await ada.until(() => ada.shown().includes('A form'));
  await ada.fill({ name: 'Smith' });
};

describe('A press in a view', () => {
  it('changes the view', async () => {
    await openForm();
    test.answerWith({ card: textCard('Something else') });

    await ada.press('view', 'test.other');
    await ada.until(() => ada.shown() === 'Something else');

    expect(test.commands.at(-1)?.input).toMatchObject({ verb: 'test.other', data: { frozen: { id: '7' } } });
    expect(test.fake.views('UADA')).toHaveLength(1);
  });

  it('opens on top what belongs below, so that what was typed stays', async () => {
    await openForm();
    test.answerWith({ card: textCard('On top'), place: 'below' });

    await ada.press('view', 'test.other');
    await ada.until(() => ada.shown() === 'On top');
    await ada.close();

    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
  });

  it('puts no more on top than Slack allows', async () => {
    const again = textCard('Again', [button('test.again', 'Again')]);
    await openForm();
    test.answerWith({ card: again, place: 'below' });
    await ada.press('view', 'test.other');
    await ada.until(() => test.fake.views('UADA').length === 2);
    await ada.press('view', 'test.again');
    await ada.until(() => test.fake.views('UADA').length === 3);
    test.answerWith({ card: textCard('The last'), place: 'below' });

    await ada.press('view', 'test.again');
    await ada.until(() => ada.shown() === 'The last');

    expect(test.fake.views('UADA')).toHaveLength(3);
  });

  it('keeps the form below a refusal where no view can be put on top', async () => {
    await openForm();
    test.answerWith({ card: textCard('You may not'), place: 'below', after: 200 });
    const pressed = ada.press('view', 'test.other');
    test.fake.expireTriggers();
    await pressed;

    await ada.until(() => ada.shown().includes('You may not'));

    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
    expect(test.fake.views('UADA')).toHaveLength(1);
    excused = ['expired_trigger_id'];
  });

  it('that is answered late covers nothing that was done in the view since', async () => {
    await openForm();
    test.answerWith({ card: textCard('A list of before'), after: 500 });
    await ada.press('view', 'test.other');
    await ada.until(() => test.commands.length === 2);
    test.answerWith({ card: textCard('Saved') });
    await ada.submit();

    await new Promise((resolve) => setTimeout(resolve, 700));

    expect(ada.shown()).toBe('Saved');
  });

  it('with an effect leaves its result in the private chat, also where the view is gone', async () => {
    await openForm();
    test.answerWith({ card: textCard('Done'), after: 200 }, { effect: true });

    await ada.press('view', 'test.other');
    await ada.close();
    await ada.until(() => test.delivered.length === 1);

    expect(JSON.stringify(ada.messages().at(-1))).toContain('Done');
    excused = ['not_found'];
  });
});

describe('A view that says that a form is coming, closed before it came', () => {
  const closeEarly = async (answer: Parameters<SlackDoorTest['answerWith']>[0]): Promise<string> => {
    test.answerWith({ after: 700, ...answer }, { opens: 'form' });
    await ada.command('/add-user');
    await ada.until(() => ada.view() !== null);
    await ada.close();
    await ada.until(() => ada.messages().length === 1);
    excused = ['not_found'];
    return JSON.stringify(ada.messages());
  };

  it('leaves the answer in the private chat', async () => {
    expect(await closeEarly({ card: textCard('You may not do this') })).toContain('You may not do this');
  });

  it('leaves a button there that opens the form', async () => {
    expect(await closeEarly({ card: formCard() })).toContain('Open the form');
  });
});

/** More characters than Slack keeps with a button or a view. */
const manyNames = Array.from(
  { length: 80 },
  (_, index) => `person.${index * 7919}@contoso-bakery.example`,
).join(' ');

it('opens a form that froze more than Slack keeps with a view, and sends it back whole', async () => {
  const frozen = { form: 'f1', text: manyNames };
  test.answerWith({ card: formCard({ frozen }) }, { opens: 'form' });
  await ada.command('/licenses');
  await ada.until(() => ada.view() !== null);

  await ada.submit();

  expect(test.commands.at(-1)?.input).toMatchObject({ verb: 'test.save', data: { frozen } });
});

describe('Without a trigger', () => {
  it('a form is offered by a button however much was typed for it', async () => {
    test.answerWith({ card: formCard() }, { verb: 'licenses.open', opens: 'form' });
    await ada.say(`licenses ${manyNames}`);
    await ada.until(() => ada.messages().length === 2);

    await ada.press({ channel: ada.privateChat }, 'licenses.open');
    await ada.until(() => ada.shown().includes('A form'));

    expect(test.commands[1]?.input).toEqual(test.commands[0]?.input);
  });

  it('a form is a message whose one button opens it', async () => {
    test.answerWith({ card: formCard() }, { verb: 'users.search', opens: 'form' });
    await ada.say('users smith');
    await ada.until(() => ada.messages().length === 2);

    await ada.press({ channel: ada.privateChat }, 'users.search');
    await ada.until(() => ada.shown().includes('A form'));

    expect(test.commands.map(({ input }) => input)).toEqual([
      { kind: 'typed', text: 'users smith' },
      { kind: 'typed', text: 'users smith' },
    ]);
  });

  it('a mention is answered in its thread, and read without the name of the bot', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    test.answerWith({ card: textCard('For all'), audience: 'conversation' });

    await ada.mention('C1', 'rollcall');
    await ada.until(() => test.fake.messages('C1').length === 2);

    const [asked, answered] = test.fake.messages('C1');
    expect(test.commands[0]).toMatchObject({ prefix: '@Rollcall ', input: { text: 'rollcall' } });
    expect(answered?.thread).toBe(asked?.ts);
  });

  it('a mention is answered in private where it is for the operator alone, with a line that she sees', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    test.answerWith({ card: textCard('For Ada') });

    await ada.mention('C1', 'user smith');
    await ada.until(() => ada.whispers().length === 1);

    expect(JSON.stringify(ada.messages())).toContain('For Ada');
    expect(ada.whispers()[0]?.thread).toBeNull();
  });

  it('a mention in a thread has that line in the thread', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    test.answerWith({ card: textCard('For all'), audience: 'conversation' });
    await ada.mention('C1', 'rollcall');
    await ada.until(() => test.fake.messages('C1').length === 2);
    const [{ ts: thread } = { ts: '' }] = test.fake.messages('C1');
    test.answerWith({ card: textCard('For Ada') });

    await ada.mention('C1', 'user smith', { thread });
    await ada.until(() => ada.whispers().length === 1);

    expect(ada.whispers()[0]?.thread).toBe(thread);
  });

  it('a form whose trigger has died is offered by a button', async () => {
    test.answerWith({ card: formCard(), after: 200 });
    await ada.command('/user', 'smith');
    test.fake.expireTriggers();
    await ada.until(() => ada.messages().length === 1);

    await ada.press({ channel: ada.privateChat }, 'test.verb');
    await ada.until(() => ada.shown().includes('A form'));

    expect(test.commands).toHaveLength(2);
    excused = ['expired_trigger_id'];
  });
});

describe('The home tab', () => {
  it('shows what home.open answers, for the private chat', async () => {
    test.answerWith({ card: textCard('At home') });

    await ada.openHome();
    await ada.until(() => ada.home() !== null);

    expect(JSON.stringify(ada.home()?.payload)).toContain('At home');
    expect(test.commands[0]).toMatchObject({
      conversation: { id: `slack:${ada.privateChat}`, kind: 'personal' },
      input: { kind: 'pressed', verb: 'home.open', data: {} },
    });
  });

  it('is drawn anew after an effect in a view that was opened from it', async () => {
    test.answerWith({ card: textCard('At home', [button('test.go', 'Go')]) });
    await ada.openHome();
    await ada.until(() => ada.home() !== null);
    test.answerWith({ card: formCard() }, { opens: 'form' });
    await ada.press('home', 'test.go');
    await ada.until(() => ada.shown().includes('A form'));
    test.answerWith({ card: textCard('Saved') }, { effect: true });

    await ada.submit();
    await ada.until(() => JSON.stringify(ada.home()?.payload).includes('Saved'));

    expect(test.commands.at(-1)?.input).toMatchObject({ verb: 'home.open' });
  });
});

it('takes a shortcut for a press of its verb', async () => {
  test.answerWith({ card: formCard() }, { opens: 'form' });

  await ada.shortcut('add-user.open');
  await ada.until(() => ada.shown().includes('A form'));

  expect(test.commands[0]?.input).toEqual({ kind: 'pressed', verb: 'add-user.open', data: {} });
});
