import { createAdmit } from './chat/admission';
import { createCards } from './chat/cards';
import { createDemoDoor } from './chat/demo/door';
import { demoPersonas } from './chat/demo/personas';
import { createDispatch } from './chat/dispatch';
import type { Dispatch, Door } from './chat/door';
import { createMessenger } from './chat/messenger';
import { createRouter } from './chat/router';
import { createSeal } from './chat/seal';
import { createTeamsDoor } from './chat/teams/door';
import type { Config } from './config';
import { createMongoDirectory } from './directory/mongo/directory';
import { accountsOf } from './directory/mongo/accounts';
import { writeDemoData } from './directory/mongo/demo-data';
import type { Entropy } from './domain/entropy';
import { createAddUser } from './features/add-user';
import { createCustomers } from './features/customers';
import { createHandOver } from './features/hand-over';
import { createHelp } from './features/help';
import { createLiveHandOvers } from './features/live-hand-overs';
import { createHttpServer } from './http/server';
import { createJobs } from './jobs/jobs';
import type { Clock } from './ports/clock';
import type { Log } from './ports/log';
import { createMongoAudit } from './storage/audit';
import type { Database } from './storage/connection';
import { createMongoConversationAddresses, createMongoConversations } from './storage/conversations';
import { createMongoHandOvers } from './storage/hand-overs';
import { createMongoLiveCards } from './storage/live-cards';
import { createMongoOperators } from './storage/operators';
import { createIndexes, recordsOf, type Records } from './storage/records';
import { sealKey } from './storage/setting';
import type { ExposedMetrics } from './telemetry/metrics';
import { createWords } from './words/words';

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

/** The configuration and the database do not fit together; the message says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Puts the house together. Nothing is started yet, but the indexes and the key for cards are there. */
export async function createApp({ config, database, metrics, clock, entropy, log }: Parts): Promise<App> {
  const { connection } = database;
  const records = recordsOf(connection);
  const accounts = accountsOf(connection);
  await createIndexes(connection);
  if (config.demo) await writeDemoData(clock.now(), { connection, accounts, records, entropy });
  await assertSomebodyMayUseIt(config, records);

  const words = createWords();
  const { publicUrl } = config;
  const directory = createMongoDirectory({ connection, accounts, records });
  const handOvers = createMongoHandOvers({ connection, records });
  const liveCards = createMongoLiveCards(records);
  const conversations = createMongoConversations(records);
  const seal = createSeal(await sealKey(records, entropy));
  const cards = createCards({ words, seal });

  const router = createRouter({
    help: createHelp(),
    customers: createCustomers({ directory, conversations, entropy }),
    addUser: createAddUser({ directory, handOvers, entropy, metrics, publicUrl }),
    handOver: createHandOver({ directory, handOvers, entropy, publicUrl }),
  });
  const operators = createMongoOperators(records, (id) => isAdminAgent(id, config));
  const admit = createAdmit({ operators, directory, conversations, seal });
  const audit = createMongoAudit(records);
  const dispatch = createDispatch({ router, admit, audit, liveCards, clock, entropy, metrics, log });

  const addresses = createMongoConversationAddresses(records);
  const carry = { dispatch, renderCard: cards.render, words, log };
  const doors = [
    ...teamsDoors({ ...carry, addresses, config }),
    ...(config.demo
      ? [
          createDemoDoor({
            ...carry,
            personas: demoPersonas,
            commands: Object.keys(router.commands),
            clock,
            entropy,
          }),
        ]
      : []),
  ];
  const messenger = createMessenger(doors);
  const live = createLiveHandOvers({ handOvers, liveCards, messenger, clock, log });
  const jobs = createJobs([{ name: 'live-hand-overs', schedule: '* * * * *', run: live.updateDue }], log);
  const http = createHttpServer({
    ...{ doors, handOvers, words, metrics, clock, entropy, log, publicUrl },
    ...{ host: config.host, port: config.port, metricsToken: config.metricsToken },
    isReady: database.isUp,
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
    },
  };
}

interface TeamsParts {
  readonly dispatch: Dispatch;
  readonly renderCard: Parameters<typeof createTeamsDoor>[0]['renderCard'];
  readonly words: ReturnType<typeof createWords>;
  readonly addresses: ReturnType<typeof createMongoConversationAddresses>;
  readonly config: Config;
  readonly log: Log;
}

/** Registered with Microsoft, or in the demo for local clients that sign nothing. */
function teamsDoors({ config, ...parts }: TeamsParts): Door[] {
  if (config.demo) return [createTeamsDoor({ ...parts, config: { kind: 'anonymous' } })];
  if (!config.teams) return [];
  const { appId, appType, tenantId } = config.teams;
  const appPassword = config.teams.appType === 'UserAssignedMSI' ? '' : config.teams.password;
  const registered = { kind: 'registered', appId, appType, appPassword } as const;
  return [
    createTeamsDoor({ ...parts, config: tenantId === null ? registered : { ...registered, tenantId } }),
  ];
}

/** In the demo everybody is an admin agent until somebody is named. */
function isAdminAgent(id: string, { adminAgents, demo }: Config): boolean {
  return adminAgents.length === 0 ? demo : adminAgents.includes(id);
}

async function assertSomebodyMayUseIt({ adminAgents, demo }: Config, { operators }: Records): Promise<void> {
  if (demo || adminAgents.length > 0 || (await operators.exists({}))) return;
  throw new CannotStart(
    'ADMIN_AGENTS: nobody may use Rollcall yet. Name at least one admin agent, as in teams:<aadObjectId>.',
  );
}
