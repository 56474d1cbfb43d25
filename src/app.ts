import { createDemoDoor } from './chat/demo/door';
import { conversationOf } from './chat/demo/persona';
import { demoPersonas } from './chat/demo/personas';
import type { Door } from './chat/door';
import type { SlackDoorDeps } from './chat/slack/door';
import { createMessenger } from './chat/messenger';
import { createTeamsDoor, type TeamsDoorDeps } from './chat/teams/door';
import type { Config } from './config';
import { isFirstDemo, writeDemoDeletions } from './directory/mongo/demo-deletions';
import { createIndexUsers } from './directory/mongo/index-users';
import type { Entropy } from './domain/entropy';
import { effectId, newFormId } from './domain/hand-over';
import { usualReminderHour } from './domain/reminder';
import { createLiveUpdates } from './features/live-cards';
import { createPurge } from './features/purge';
import { createHouse, type House } from './house';
import { createHttpServer } from './http/server';
import { createJobs, type Job } from './jobs/jobs';
import type { AuditEntry } from './ports/audit';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import type { Mail } from './ports/mail';
import type { Database } from './storage/connection';
import { createMongoConversationAddresses } from './storage/conversations';
import { createMongoDeliveries } from './storage/deliveries';
import { createMongoPeople } from './storage/people';
import type { ExposedMetrics } from './telemetry/metrics';

/** Milliseconds that an ending process leaves to chats that take long. */
const slowSendsWithin = 4_000;
const everyFiveSeconds = '*/5 * * * * *';

export interface Parts {
  readonly config: Config;
  readonly database: Database;
  readonly metrics: ExposedMetrics;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

export interface App {
  /** Ready for the first command; answers the port it listens on. */
  start(): Promise<{ readonly port: number }>;
  /** No new work; running work is finished. The database is closed by whoever opened it. */
  stop(): Promise<void>;
}

/** Puts doors, jobs and HTTP around the house. Throws `CannotStart` where the database does not fit. */
export async function createApp({ config, ...parts }: Parts): Promise<App> {
  const { database, metrics, clock, entropy, log } = parts;
  const isFirst = config.demo && (await isFirstDemo(database.connection));
  const house = await createHouse({ ...parts, settings: config });
  if (isFirst) await prepareDemo(house, config, parts);
  const { dispatch, words, directory, handOvers, files, liveCards, liveKinds, importing, reminding } = house;
  const maxFileBytes = config.importMaxBytes;
  const carry = { dispatch, renderCard: house.cards.render, words, log };
  const addresses = createMongoConversationAddresses(house.records);
  const deliveries = createMongoDeliveries(house.records);
  const { foresee, maySendFiles, cards } = house;
  const forSlack = { foresee, maySendFiles, againOf: cards.againOf, clock, deliveries, maxFileBytes };
  const demo = { personas: demoPersonas, commands: Object.keys(house.router.commands) };
  const doors = [
    ...teamsDoors(config, { ...carry, addresses, maxFileBytes }),
    ...(await slackDoors(config, { ...carry, ...forSlack })),
    ...(config.demo
      ? [createDemoDoor({ ...carry, ...demo, clock, entropy, publicUrl: config.publicUrl })]
      : []),
  ];

  const messenger = createMessenger(doors);
  const live = createLiveUpdates({ kinds: liveKinds, liveCards, messenger, clock, log });
  const remind = reminding.createRemind(messenger);
  const { purgeGrace, reminderSchedule } = config;
  const everyMinute = '* * * * *';
  const everyNight = '0 2 * * *';
  const table = [
    { name: 'live-cards', schedule: everyMinute, run: live.updateDue },
    { name: 'imports', schedule: everyFiveSeconds, run: importing.createWorker(messenger).runDue },
    ...(await letterJobs(config, house, live.updateDue)),
    { name: 'reminders', schedule: reminderSchedule, run: remind.runDue },
    { name: 'purge', schedule: everyMinute, run: createPurge({ directory, clock, log, purgeGrace }) },
    { name: 'index-users', schedule: everyNight, run: createIndexUsers({ accounts: house.accounts, log }) },
  ];
  const jobs = createJobs(table, { clock, metrics, log });
  importing.due.listen(() => jobs.runNow('imports'));
  importing.changed.listen(() => void live.updateDue());
  reminding.changed.listen(() => void live.updateDue());
  const { host, port, publicUrl, metricsToken } = config;
  const http = createHttpServer({
    ...{ host, port, publicUrl, metricsToken, doors, handOvers, files, words, metrics, clock, entropy, log },
    isReady: () => database.isUp(),
    opened: () => void live.updateDue(),
  });

  return {
    async start() {
      jobs.start();
      return http.listen();
    },
    async stop() {
      await Promise.all([http.close(), ...doors.map((door) => door.close())]);
      await jobs.stop();
      // A chat that hangs is not waited for: what it was sent comes once more, and says so.
      await Promise.all([live.settled(slowSendsWithin), remind.settled(slowSendsWithin)]);
    },
  };
}

/** Letters go out by the schedule alone: until then the card that tells of them stands in its chat. */
async function letterJobs(
  { mail }: Config,
  { createLetterWorker, words }: House,
  changed: Job['run'],
): Promise<Job[]> {
  if (!mail) return [];
  // Read only where a mail server is configured.
  const { createSmtpMail } = await import('./mail/smtp.js');
  const server: Mail = createSmtpMail({ ...mail, words });
  const { runDue, runDueOfImports } = createLetterWorker(server);
  const then = (send: Job['run']) => async (ending: AbortSignal) => {
    await send(ending);
    await changed(ending);
  };
  return [
    { name: 'letters', schedule: everyFiveSeconds, run: then(runDue) },
    { name: 'letters-of-imports', schedule: everyFiveSeconds, run: then(runDueOfImports) },
  ];
}

/** Gives the chats of the demo somebody to be reminded of. */
async function prepareDemo(
  { accounts, records, reminding }: House,
  { reminderDays: days }: Config,
  { clock, entropy }: Pick<Parts, 'clock' | 'entropy'>,
): Promise<void> {
  await writeDemoDeletions(clock.now(), { accounts, entropy });
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const people = createMongoPeople(records);
  for (const { id: operator, displayName, language } of demoPersonas) {
    // Known by name before they have written anything: they have deleted somebody.
    await people.remember({ id: operator, name: displayName });
    const { id: conversation, kind } = conversationOf(operator);
    const hour = usualReminderHour;
    const subscription = { enabled: true, customers: 'all', days, hour, summary: false } as const;
    const audit: AuditEntry = {
      ...{ at: clock.now(), operator: 'system', action: 'update_reminders', customerId: null },
      ...{ target: conversation, outcome: 'success' },
    };
    await reminding.subscriptions.save(
      { ...subscription, conversation, kind, timeZone, language, operator },
      { id: effectId(newFormId(entropy)), result: {}, audit: [audit] },
    );
  }
}

/** Registered with Microsoft, or in the demo for local clients that sign nothing. */
function teamsDoors({ demo, teams }: Config, deps: Omit<TeamsDoorDeps, 'config'>): Door[] {
  if (demo) return [createTeamsDoor({ ...deps, config: { kind: 'anonymous' } })];
  if (!teams) return [];
  const { appId, appType, tenantId } = teams;
  const appPassword = teams.appType === 'UserAssignedMSI' ? '' : teams.password;
  const registered = { kind: 'registered', appId, appType, appPassword } as const;
  return [createTeamsDoor({ ...deps, config: tenantId === null ? registered : { ...registered, tenantId } })];
}

/** The SDK of Slack is only read where Slack is on: it would be a third of a start. */
async function slackDoors({ slack }: Config, deps: Omit<SlackDoorDeps, 'config'>): Promise<Door[]> {
  if (!slack) return [];
  const { createSlackDoor } = await import('./chat/slack/door.js');
  return [createSlackDoor({ ...deps, config: slack })];
}
