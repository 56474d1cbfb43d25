import { createHmac } from 'node:crypto';
import autocannon, { type Client, type Result } from 'autocannon';
import { inRounds, type Measurement } from './compare';
import type { Amounts } from './measurements';
import { people } from './messages';
import { startProgram } from './program';
import { startSlackApi, team, type SlackApi } from './slack-api';
import { rollcallInSlack, slackChannelOf, slackEcho, slackPersonOf, slackSecret } from './subjects';

/** The call of Slack's API that brings the answer to a command. */
interface AnsweredBy {
  readonly url: string;
  readonly api: SlackApi;
  readonly method: string;
}

/**
 * Sends a slash command `amount` times, signed, from several people at once. Answers the commands a second, the last
 * answer brought. Throws when not each was acknowledged and answered once.
 */
export async function sendCommands(
  { url, api, method }: AnsweredBy,
  amount: number,
  command = '/users',
): Promise<number> {
  const before = api.received(method);
  const began = performance.now();
  const result = await load(`${url}/slack/events`, amount, command);
  if (result['2xx'] !== amount)
    throw new Error(
      `Of ${amount} commands ${result['2xx']} were acknowledged, and ${result.errors} got no answer.`,
    );
  await api.until(method, before + amount);
  return (amount * 1000) / (performance.now() - began);
}

function load(url: string, amount: number, command: string): Promise<Result> {
  let sent = 0;
  const next = (client: Client): void => {
    const { headers, body } = signed(form(sent, command));
    client.setHeadersAndBody(headers, body);
    sent += 1;
  };
  return new Promise((resolve, reject) => {
    autocannon(
      {
        ...{ url, method: 'POST', connections: Math.min(people, amount), amount },
        setupClient(client) {
          next(client);
          client.on('response', () => next(client));
        },
      },
      (error: Error | null, result) => (error ? reject(error) : resolve(result)),
    );
  });
}

function form(count: number, command: string): string {
  const person = count % people;
  return new URLSearchParams({
    ...{
      token: 'unused',
      team_id: team,
      team_domain: 'bench',
      api_app_id: 'A0BENCH',
      is_enterprise_install: 'false',
    },
    channel_id: slackChannelOf(person),
    channel_name: `person-${person}`,
    user_id: slackPersonOf(person),
    user_name: `person-${person}`,
    ...{ command, text: '', response_url: 'http://127.0.0.1:9/commands' },
    trigger_id: `${count}.${process.hrtime.bigint()}`,
  }).toString();
}

function signed(body: string) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const digest = createHmac('sha256', slackSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
  return { headers, body };
}

/** A command in Slack by real, signed HTTP against an echo: both run all the time, one at a time is asked. */
export async function measureCommands(command: string, uri: string, amounts: Amounts): Promise<Measurement> {
  const [floorApi, oursApi] = await Promise.all([startSlackApi(), startSlackApi()]);
  const [floor, ours] = await Promise.all([
    startProgram(slackEcho(floorApi.url)),
    startProgram(rollcallInSlack(uri, oursApi.url)),
  ]);
  await oursApi.until('auth.test', 1);
  const rateOf = (answered: AnsweredBy) => (amount: number) => sendCommands(answered, amount, command);
  const echoes = rateOf({ url: floor.url, api: floorApi, method: 'views.open' });
  const answers = rateOf({ url: ours.url, api: oursApi, method: 'views.update' });
  await echoes(amounts.warmUp);
  await answers(amounts.warmUp);
  const found = await inRounds(amounts.rounds, {
    floor: () => echoes(amounts.messages),
    rollcall: () => answers(amounts.messages),
  });
  await Promise.all([floor.stop(), ours.stop(), floorApi.close(), oursApi.close()]);
  return { title: `\`${command}\` in Slack`, unit: 'commands a second', target: { atLeast: 0.4 }, ...found };
}
