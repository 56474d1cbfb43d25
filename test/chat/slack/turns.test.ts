import { button, formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

let test: SlackDoorTest;
let ada: SlackPerson;

beforeEach(async () => {
  test = await openSlackDoor();
  ada = test.person({ id: 'UADA', name: 'Ada Byron', locale: 'fr-FR', tz: 'Europe/Paris' });
});
afterEach(async () => {
  const { refusals } = test.fake;
  await test.close();
  expect(refusals).toEqual([]);
  expect(ada.troubles).toEqual([]);
});

const lastMessage = (channel?: string) => ada.messages(channel).at(-1);
const textOf = (message: object | undefined) => JSON.stringify(message);

describe('A slash command', () => {
  it('is read as it was typed, by whom, and in whose language', async () => {
    await ada.command('/users', 'smith <mailto:a@b.example|a@b.example>');
    await ada.until(() => test.commands.length === 1);

    expect(test.commands).toEqual([
      {
        door: 'slack',
        operator: 'slack:UADA',
        operatorName: 'Ada Byron',
        conversation: { id: `slack:${ada.privateChat}`, kind: 'personal' },
        locale: { language: 'fr', timeZone: 'Europe/Paris' },
        prefix: '',
        input: { kind: 'typed', text: '/users smith a@b.example' },
      },
    ]);
  });

  it('is answered in the private chat with a message whose address is told', async () => {
    await ada.command('/rollcall');
    await ada.until(() => test.delivered.length === 1);

    expect(textOf(lastMessage())).toContain('Hello');
    expect(test.delivered).toEqual([
      { conversation: `slack:${ada.privateChat}`, message: lastMessage()?.ts },
    ]);
  });

  it('is answered in the channel where everybody may see it', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    test.answerWith({ card: textCard('For all'), audience: 'conversation' });

    await ada.command('/rollcall', '', { channel: 'C1' });
    await ada.until(() => lastMessage('C1') !== undefined);

    expect(textOf(lastMessage('C1'))).toContain('For all');
    expect(test.commands[0]?.conversation).toEqual({ id: 'slack:C1', kind: 'channel' });
  });

  it('in a channel is answered in private, with one line there for the person alone', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    test.answerWith({ card: textCard('For Ada') });

    await ada.command('/user', 'smith', { channel: 'C1' });
    await ada.until(() => ada.whispers().length === 1);

    expect(textOf(lastMessage())).toContain('For Ada');
    expect(ada.whispers()[0]?.text).toBe('La réponse se trouve dans votre conversation privée avec moi.');
    expect(test.fake.messages('C1')).toEqual([]);
  });

  it('in a private chat of others is answered in private', async () => {
    test.fake.addChannel({ id: 'DOTHERS', kind: 'im', members: ['UADA', 'UBOB'], withoutBot: true });
    test.answerWith({ card: textCard('For Ada') });

    await ada.command('/user', 'smith', { channel: 'DOTHERS' });
    await ada.until(() => ada.whispers().length === 1);

    expect(test.commands[0]?.conversation).toEqual({ id: 'slack:DOTHERS', kind: 'group' });
    expect(textOf(lastMessage())).toContain('For Ada');
  });

  it('opens a form that is there at once, and nothing before it', async () => {
    test.answerWith({ card: formCard() }, { opens: 'form' });

    await ada.command('/add-user');
    await ada.until(() => ada.view() !== null);

    expect(ada.shown()).toContain('A form');
    const methods = test.fake.calls.map(({ method }) => method).filter((name) => name.startsWith('views.'));
    expect(methods).toEqual(['views.open']);
    expect(ada.messages()).toEqual([]);
  });

  it('opens a loading view where a form is foreseen and does not come at once, and the form in it', async () => {
    test.answerWith({ card: formCard(), after: 500 }, { opens: 'form' });

    await ada.command('/add-user');
    await ada.until(() => ada.view() !== null);
    const atFirst = ada.shown();
    await ada.until(() => ada.shown().includes('A form'));

    expect(atFirst).toBe('Un instant…');
    const methods = test.fake.calls.map(({ method }) => method).filter((name) => name.startsWith('views.'));
    expect(methods).toEqual(['views.open', 'views.update']);
    expect(ada.messages()).toEqual([]);
  });

  it('opens a form that nobody foresaw while its trigger lives', async () => {
    test.answerWith({ card: formCard() });

    await ada.command('/user', 'smith');
    await ada.until(() => ada.view() !== null);

    expect(ada.shown()).toContain('A form');
  });
});

describe('A form', () => {
  const open = async (): Promise<void> => {
    test.answerWith({ card: formCard({ frozen: { form: 'f1', customerId: 'c1' } }) }, { opens: 'form' });
    await ada.command('/add-user', '', { channel: 'C1' });
    await ada.until(() => ada.shown().includes('A form'));
    await ada.fill({ name: 'Smith' });
  };
  beforeEach(() => void test.fake.addChannel({ id: 'C1', members: ['UADA'] }));

  it('sends what it froze and what was typed, for the conversation that it was opened in', async () => {
    await open();
    await ada.submit();

    expect(test.commands.at(-1)).toMatchObject({
      conversation: { id: 'slack:C1', kind: 'channel' },
      input: {
        kind: 'pressed',
        verb: 'test.save',
        data: { frozen: { form: 'f1', customerId: 'c1' }, name: 'Smith', town: '' },
      },
    });
  });

  it('shows the result in its place; of an effect it stays in the private chat as well', async () => {
    await open();
    test.answerWith({ card: textCard('Saved') }, { effect: true });

    await ada.submit();
    await ada.until(() => test.delivered.length === 1);

    expect(ada.view()).not.toBeNull();
    expect(ada.shown()).toBe('Saved');
    expect(textOf(lastMessage())).toContain('Saved');
    expect(test.delivered).toEqual([
      { conversation: `slack:${ada.privateChat}`, message: lastMessage()?.ts },
    ]);
  });

  it('keeps no copy of a refusal, and keeps what was typed below it', async () => {
    await open();
    const refusal = textCard('You may not do this');
    test.answerWith({ card: refusal, audience: 'conversation', place: 'below' }, { effect: true });

    await ada.submit();
    const refused = ada.shown();
    await ada.close();

    expect(refused).toBe('You may not do this');
    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
    expect(ada.messages()).toEqual([]);
  });

  it('shows faults at its fields where nothing else changed', async () => {
    await open();
    const values = { name: 'Smith' };
    const frozen = { form: 'f2', customerId: 'c1' };
    test.answerWith({ card: formCard({ values, faults: { name: 'Too short' }, frozen }) });

    await ada.submit();

    expect(ada.errors()).toEqual({ name: 'Too short' });
    expect(ada.values()).toEqual({ name: 'Smith', town: '' });
  });

  it('is drawn anew with its faults where a value was changed', async () => {
    await open();
    test.answerWith({ card: formCard({ values: { name: 'Smyth' }, faults: { town: 'Needed' } }) });

    await ada.submit();

    expect(ada.errors()).toEqual({});
    expect(ada.values()).toEqual({ name: 'Smyth', town: '' });
    expect(ada.shown()).toContain('Needed');
  });
});

describe('A press in a message', () => {
  const show = async (answer: Parameters<SlackDoorTest['answerWith']>[0], channel?: string) => {
    test.answerWith(answer);
    await ada.command('/rollcall', '', channel === undefined ? {} : { channel });
    await ada.until(() => lastMessage(channel) !== undefined);
  };
  const go = textCard('Before', [button('test.go', 'Go', { frozen: { id: '1' } })]);

  it('sends what its button froze, and the message changes in place', async () => {
    await show({ card: go });
    test.answerWith({ card: textCard('After') });

    await ada.press({ channel: ada.privateChat }, 'test.go');
    await ada.until(() => test.delivered.length === 2);

    expect(test.commands.at(-1)?.input).toEqual({
      kind: 'pressed',
      verb: 'test.go',
      data: { frozen: { id: '1' } },
    });
    expect(ada.messages()).toHaveLength(1);
    expect(textOf(lastMessage())).toContain('After');
    expect(test.delivered[1]).toEqual(test.delivered[0]);
  });

  it('is answered below where the card stays', async () => {
    await show({ card: go });
    test.answerWith({ card: textCard('After'), place: 'below' });

    await ada.press({ channel: ada.privateChat }, 'test.go');
    await ada.until(() => ada.messages().length === 2);

    expect(textOf(ada.messages()[0])).toContain('Before');
    expect(textOf(lastMessage())).toContain('After');
  });

  it('in a channel never shows there what is for the operator alone', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'] });
    await show({ card: go, audience: 'conversation' }, 'C1');
    test.answerWith({ card: textCard('For Ada') });

    await ada.press({ channel: 'C1' }, 'test.go');
    await ada.until(() => ada.whispers().length === 1);

    expect(textOf(test.fake.messages('C1'))).not.toContain('For Ada');
    expect(textOf(lastMessage())).toContain('For Ada');
  });

  it('opens a form', async () => {
    await show({ card: go });
    test.answerWith({ card: formCard() }, { opens: 'form' });

    await ada.press({ channel: ada.privateChat }, 'test.go');
    await ada.until(() => ada.shown().includes('A form'));

    expect(textOf(lastMessage())).toContain('Before');
  });
});
