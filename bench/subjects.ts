import { join } from 'node:path';
import type { Program } from './program';
import { people } from './messages';

/** Rollcall as `npm start` runs it, on a MongoDB that runs already. */
export function rollcall(mongodbUri: string): Program {
  return { name: 'Rollcall', args: ['dist/main.js'], env: { MONGODB_URI: mongodbUri, LOG_LEVEL: 'info' } };
}

/** A bot that only echoes. */
export const echo: Program = { name: 'bare echo', args: [join('bench', 'floor', 'echo.cjs')], env: {} };

/** A process that loads the SDKs, connects and listens. */
export function bareStart(mongodbUri: string): Program {
  return {
    name: 'bare start',
    args: [join('bench', 'floor', 'start.cjs')],
    env: { MONGODB_URI: mongodbUri },
  };
}

/** What Slack signs the bench's commands with. */
export const slackSecret = 'a-signing-secret-of-the-bench';

/** What Slack calls a person, and the channel they write in. */
export const slackPersonOf = (person: number): string => `U0PERSON${person}`;
export const slackChannelOf = (person: number): string => `C0PERSON${person}`;

const slackEnv = (apiUrl: string) => ({
  SLACK_BOT_TOKEN: 'xoxb-of-the-bench',
  SLACK_SIGNING_SECRET: slackSecret,
  SLACK_API_URL: apiUrl,
});

/** Rollcall with Slack alone; everybody who writes is an admin agent. */
export function rollcallInSlack(mongodbUri: string, apiUrl: string): Program {
  const adminAgents = Array.from({ length: people }, (_, person) => `slack:${slackPersonOf(person)}`).join();
  const { args, env } = rollcall(mongodbUri);
  const connected = { ...slackEnv(apiUrl), DEMO: 'false', PUBLIC_URL: 'http://127.0.0.1:3978' };
  return { name: 'Rollcall in Slack', args, env: { ...env, ...connected, ADMIN_AGENTS: adminAgents } };
}

/** A Slack app that only echoes. */
export function slackEcho(apiUrl: string): Program {
  return { name: 'bare Bolt echo', args: [join('bench', 'floor', 'slack-echo.cjs')], env: slackEnv(apiUrl) };
}
