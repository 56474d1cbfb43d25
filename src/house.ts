import { acquainted } from './chat/acquainted';
import { createAdmit } from './chat/admission';
import { createCards, type Cards } from './chat/cards';
import { createDispatch } from './chat/dispatch';
import type { Dispatch } from './chat/door';
import { createForesee, type Foresee } from './chat/foresee';
import { createMaySendFiles, type MaySendFiles } from './chat/may-send-files';
import { createRouter, type Router } from './chat/router';
import { createSeal } from './chat/seal';
import { accountsOf, type Accounts } from './directory/mongo/accounts';
import { writeDemoData } from './directory/mongo/demo-data';
import { createMongoDirectory } from './directory/mongo/directory';
import { createMongoStandings } from './directory/mongo/standings';
import type { Entropy } from './domain/entropy';
import { createAddUser } from './features/add-user';
import { createAudit } from './features/audit';
import { createCustomers } from './features/customers';
import { createDeletedUsers } from './features/deleted-users';
import { createDeleteUser } from './features/delete-user';
import { createEditUser } from './features/edit-user';
import { createHandOver } from './features/hand-over';
import { createHelp } from './features/help';
import { createHome } from './features/home';
import type { LookAgain } from './features/live-cards';
import { lookAtDeletions } from './features/live-deletions';
import { createPickedId } from './features/picked-customer';
import { createRestoreUser } from './features/restore-user';
import { createLicenses } from './features/licenses';
import { createLetterWorker } from './features/send-letters';
import { createResetPassword } from './features/reset-password';
import { createUsers } from './features/users';
import { createOperators } from './features/operators';
import { createTemplates } from './features/templates';
import type { Clock } from './ports/clock';
import type { Deliveries } from './ports/deliveries';
import type { Directory } from './ports/directory';
import type { Files, KeptFiles } from './ports/files';
import type { HandOvers } from './ports/hand-overs';
import type { LiveCards } from './ports/live-cards';
import type { Mail } from './ports/mail';
import type { Log } from './ports/log';
import type { Metrics } from './ports/metrics';
import { createPictures } from './pictures/timeline';
import { createMongoAudit } from './storage/audit';
import { createMongoAuditTrail } from './storage/audit-trail';
import { createMongoAuditedReads } from './storage/audited-reads';
import type { Database } from './storage/connection';
import { createMongoConversations } from './storage/conversations';
import { createMongoDeliveries } from './storage/deliveries';
import { createMongoFiles } from './storage/files';
import { createMongoHandOvers } from './storage/hand-overs';
import { createMongoLetters } from './storage/letters';
import { createMongoLiveCards } from './storage/live-cards';
import { createMongoOperators, createOperatorOf } from './storage/operators';
import { createMongoPeople } from './storage/people';
import { createIndexes, recordsOf, type Records } from './storage/records';
import { sealKey } from './storage/setting';
import { createImporting, type Importing } from './house-imports';
import { createReminding, type Reminding } from './house-reminders';
import { createFilterWords } from './words/filter-words';
import { createMongoTemplates } from './storage/templates';
import { createWords, type Words } from './words/words';

export interface HouseParts {
  readonly settings: HouseSettings;
  readonly database: Pick<Database, 'connection'>;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

export interface HouseSettings {
  readonly demo: boolean;
  readonly publicUrl: string;
  readonly adminAgents: readonly string[];
  /** Of a file that is imported. */
  readonly importMaxBytes: number;
  /** Days before the deadline, for conversations that say nothing else. */
  readonly reminderDays?: readonly number[];
  /** Letters are offered where there is a mail server to send them. */
  readonly mail?: object | null;
}

/** Everything behind the doors: commands go in, answers come out. */
export interface House {
  readonly dispatch: Dispatch;
  /** What a command will probably lead to, for chats that have to prepare for it. */
  readonly foresee: Foresee;
  readonly maySendFiles: MaySendFiles;
  readonly cards: Cards;
  readonly words: Words;
  readonly router: Router;
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly files: Files & KeptFiles;
  readonly liveCards: LiveCards;
  /** What a chat delivered already. */
  readonly deliveries: Deliveries;
  /** What live cards show, by what their subject begins with. */
  readonly liveKinds: Readonly<Record<string, LookAgain>>;
  /** Sends the letters that are due by `mail`. */
  createLetterWorker(mail: Mail): ReturnType<typeof createLetterWorker>;
  readonly importing: Pick<Importing, 'due' | 'changed' | 'createWorker'>;
  readonly reminding: Pick<Reminding, 'changed' | 'createRemind' | 'subscriptions'>;
  readonly records: Records;
  readonly accounts: Accounts;
}

/** The configuration and the database do not fit together; the message says what to do. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

/** Puts the features together on a database; indexes and the key for cards are there when it resolves. */
export async function createHouse({
  settings,
  database,
  metrics,
  clock,
  entropy,
  log,
}: HouseParts): Promise<House> {
  const { connection } = database;
  const records = recordsOf(connection);
  const accounts = accountsOf(connection);
  const prepare = async (): Promise<void> => {
    await createIndexes(connection);
    if (settings.demo) await writeDemoData(clock.now(), { connection, accounts, records, entropy });
    await assertSomebodyMayUseIt(settings, records);
  };
  // Words are read while MongoDB works.
  const prepared = Promise.all([sealKey(records, entropy), prepare()]);
  const words = createWords();
  const seal = createSeal((await prepared)[0]);

  const { publicUrl, importMaxBytes: maxBytes } = settings;
  const directory = createMongoDirectory({ connection, accounts, records });
  const handOvers = createMongoHandOvers({ connection, records });
  const files = createMongoFiles({ records, entropy, publicUrl });
  const letters = createMongoLetters({ connection, records });
  const mails = Boolean(settings.mail);
  const handing = { directory, handOvers, letters, mails, entropy, publicUrl };
  const liveCards = createMongoLiveCards(records);
  const conversations = createMongoConversations(records);
  const pickedId = createPickedId(conversations);
  const people = createMongoPeople(records);
  const templates = createMongoTemplates({ connection, records });
  const trail = createMongoAuditTrail(records);
  const reads = createMongoAuditedReads({ connection, records });

  const importing = createImporting({
    ...{ connection, records, accounts, directory, handOvers, files, letters, liveCards, pickedId, words },
    ...{ clock, entropy, log, publicUrl, maxBytes, mails },
  });

  const configured = configuredBy(settings);
  const operators = createMongoOperators({ connection, records }, configured);

  const reminding = createReminding({
    ...{ connection, records, directory, operators, trail, people, liveCards, metrics, clock, entropy, log },
    days: settings.reminderDays,
  });
  const restoring = { trail, people, entropy, metrics, directory: reminding.directory };
  const deletedUsers = createDeletedUsers({ directory, people, files, log, pictures: createPictures() });
  const restoreUser = createRestoreUser(restoring);

  const router = createRouter({
    help: createHelp(),
    home: createHome({ directory, pickedId }),
    customers: createCustomers({ directory, conversations, trail, people, entropy }),
    addUser: createAddUser({ ...handing, templates, metrics }),
    audit: createAudit({ trail, reads, people, files, entropy }),
    deletedUsers,
    deleteUser: createDeleteUser({
      ...{ directory, trail, people, entropy },
      subscribeHere: reminding.subscribeHere,
    }),
    templates: createTemplates({ directory, templates, entropy }),
    editUser: createEditUser({ directory, trail, people, entropy }),
    importing: importing.feature,
    handOver: createHandOver(handing),
    operators: createOperators({ operators, people, directory, entropy, demo: settings.demo }),
    restoreUser,
    reminders: reminding.feature,
    reminderActions: reminding.actions({ deletedUsers, restoreUser }),
    licenses: createLicenses({ directory, entropy, metrics }),
    resetPassword: createResetPassword(handing),
    users: createUsers({ directory, trail, people, filterNamed: createFilterWords(words) }),
  });
  const standings = createMongoStandings({ records, operatorOf: createOperatorOf(configured) });
  const admit = createAdmit({ standings, directory, seal });
  const audit = createMongoAudit(records);
  const decide = createDispatch({ router, admit, audit, liveCards, clock, entropy, metrics, log });
  const dispatch = acquainted(decide, { people, log });
  const liveKinds = {
    ...importing.liveKinds,
    ...reminding.liveKinds,
    deletion: lookAtDeletions({ directory, trail, people }),
  };
  const cards = createCards({ words, seal });
  return {
    dispatch,
    foresee: createForesee(router),
    maySendFiles: createMaySendFiles({ operators, files: router.files }),
    cards,
    words,
    router,
    directory,
    handOvers,
    files,
    liveCards,
    deliveries: createMongoDeliveries(records),
    liveKinds,
    createLetterWorker: (mail) =>
      createLetterWorker({
        ...{ letters, liveCards, directory, handOvers, operators, mail, clock, entropy, log, publicUrl },
      }),
    importing,
    reminding,
    records,
    accounts,
  };
}

/** In the demo everybody is an admin agent until somebody is named. */
function configuredBy({ adminAgents, demo }: HouseSettings) {
  return { adminAgents, everybodyMay: demo && adminAgents.length === 0 };
}

async function assertSomebodyMayUseIt(
  { adminAgents, demo }: HouseSettings,
  { operators }: Records,
): Promise<void> {
  if (demo || adminAgents.length > 0 || (await operators.exists({}))) return;
  throw new CannotStart(
    'ADMIN_AGENTS: nobody may use Rollcall yet. Name at least one admin agent, as in teams:<aadObjectId>.',
  );
}
