import { createHmac } from 'node:crypto';
import { inRounds, type Measurement } from './compare';
import type { Amounts } from './measurements';
import { people } from './messages';
import { startProgram } from './program';
import { startSlackApi, team, type SlackApi } from './slack-api';
import { rollcallInSlack, slackChannelOf, slackEcho, slackPersonOf, slackSecret } from './subjects';

/** What only an answer holds: that of the echo, and a list of Rollcall. */
export const marks = { echo: 'You said', rollcall: 'users.search' } as const;

interface Asked {
  readonly url: string;
  readonly api: SlackApi;
}

/**
 * Sends a slash command `amount` times, signed, from several people at once, each of whom waits for an answer before
 * the next. Answers the commands a second, the last answer brought. Throws when one was not acknowledged or answered.
 */
export async function sendCommands({ url, api }: Asked, amount: number, command = '/users'): Promise<number> {
  const before = api.answered();
  const began = performance.now();
  let sent = 0;
  const sendInTurn = async (): Promise<void> => {
    while (sent < amount) {
      sent += 1;
      await send(`${url}/slack/events`, sent, command);
      await api.until(before + sent - people);
    }
  };
  await Promise.all(Array.from({ length: people }, sendInTurn));
  await api.until(before + amount);
  return (amount * 1000) / (performance.now() - began);
}

async function send(url: string, count: number, command: string): Promise<void> {
  const acknowledged = await fetch(url, { method: 'POST', ...signed(form(count, command)) });
  await acknowledged.text();
  if (!acknowledged.ok) throw new Error(`A command was answered with ${acknowledged.status}.`);
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
  const [floorApi, oursApi] = await Promise.all([startSlackApi(marks.echo), startSlackApi(marks.rollcall)]);
  const [floor, ours] = await Promise.all([
    startProgram(slackEcho(floorApi.url)),
    startProgram(rollcallInSlack(uri, oursApi.url)),
  ]);
  await oursApi.greeted();
  const rateOf = (asked: Asked) => (amount: number) => sendCommands(asked, amount, command);
  const echoes = rateOf({ url: floor.url, api: floorApi });
  const answers = rateOf({ url: ours.url, api: oursApi });
  await echoes(amounts.warmUp);
  await answers(amounts.warmUp);
  const found = await inRounds(amounts.rounds, {
    floor: () => echoes(amounts.messages),
    rollcall: () => answers(amounts.messages),
  });
  await Promise.all([floor.stop(), ours.stop(), floorApi.close(), oursApi.close()]);
  return { title: `\`${command}\` in Slack`, unit: 'commands a second', target: { atLeast: 0.4 }, ...found };
}
