import { marks, sendCommands } from '../../bench/slack';
import { startSlackApi, type SlackApi } from '../../bench/slack-api';
import { startProgram, type Program } from '../../bench/program';
import { rollcallInSlack, slackEcho } from '../../bench/subjects';
import { fillUsers } from '../../bench/users';
import { openTestDatabase } from '../support/mongo';

/** Sends commands; answers the last view that was one. Throws where one has no answer. */
async function viewOf(programFor: (api: SlackApi) => Program, mark: string): Promise<string> {
  const api = await startSlackApi(mark);
  const running = await startProgram(programFor(api));
  try {
    await api.greeted();
    expect(await sendCommands({ url: running.url, api }, 50)).toBeGreaterThan(0);
    return api.latest();
  } finally {
    await running.stop();
    await api.close();
  }
}

it('measures a Rollcall that answers every command with a view of a full page of users', async () => {
  const seeded = await openTestDatabase();
  await fillUsers(seeded.uri, { users: 600, customers: 12, deleted: 0.2 });

  const view = await viewOf((api) => rollcallInSlack(seeded.uri, api.url), marks.rollcall);
  await seeded.close();

  expect(view.match(/"action_id":"users\.view/g)).toHaveLength(8);
});

it('measures it against a Bolt app that echoes every command', async () => {
  const view = await viewOf((api) => slackEcho(api.url), marks.echo);

  expect(view).toContain('You said: /users');
});
