import { openSocket } from '../../../src/chat/slack/socket';
import { createRememberingLog } from '../../support/remembering-log';
import { formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import { openFakeSlack } from '../../support/slack/fake-slack';
import type { SlackPerson } from '../../support/slack/person-contract';
import { until } from '../../support/until';

describe('Through a socket', () => {
  let test: SlackDoorTest;
  let ada: SlackPerson;
  beforeAll(async () => {
    test = await openSlackDoor({ connection: 'socket' });
    ada = test.person({ id: 'UADA', name: 'Ada Byron' });
  });
  afterAll(() => test.close());

  it('commands are answered, and forms acknowledged with what becomes of them', async () => {
    test.answerWith({ card: formCard() }, { opens: 'form' });
    await ada.command('/add-user');
    await ada.until(() => ada.shown().includes('A form'));
    await ada.fill({ name: 'Smith' });
    test.answerWith({ card: textCard('Saved') });

    await ada.submit();

    expect(ada.shown()).toBe('Saved');
    expect(ada.troubles).toEqual([]);
  });

  it('no address is needed', () => {
    expect(test.door.routes).toEqual([]);
  });

  it.each(['refresh_requested', undefined] as const)(
    'a connection that Slack ends (%s) is opened again',
    async (reason) => {
      test.fake.socket.disconnect(reason);
      await until(() => test.fake.socket.connections === 0);
      await until(() => test.fake.socket.connections === 1);
      const before = test.commands.length;
      test.answerWith({ card: textCard('Here') });

      await ada.command('/rollcall');

      await ada.until(() => test.commands.length === before + 1);
    },
  );
});

describe('A socket', () => {
  const open = async () => {
    const fake = await openFakeSlack();
    const log = createRememberingLog();
    const connect = (appToken = fake.appToken) =>
      openSocket({ appToken, apiUrl: fake.apiUrl, receive: () => Promise.resolve(), log });
    return { fake, log, connect };
  };

  it('is opened as soon as Slack answers', async () => {
    const { fake, log, connect } = await open();
    fake.failNext('apps.connections.open', { status: 503 });
    const socket = connect();

    await until(() => fake.socket.connections === 1);

    expect(log.lines.join()).toContain('Rollcall goes on trying');
    await socket.close();
    await fake.close();
  });

  it('says in plain words, and once, that its token is wrong', async () => {
    const { fake, log, connect } = await open();
    const socket = connect('xapp-wrong');
    await until(() => fake.refusals.length >= 2);

    const told = log.lines.filter((line) => line.includes('SLACK_APP_TOKEN'));

    expect(told).toHaveLength(1);
    expect(log.lines.join()).not.toContain('xapp-wrong');
    await socket.close();
    await fake.close();
  });
});
