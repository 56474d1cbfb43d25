import { existsSync } from 'node:fs';
import { readChats, type Chats } from './config-chats';
import { usualReminderDays } from './domain/reminder';
import {
  isLoopback,
  variableNames,
  variables,
  type Report,
  type VariableName,
  type Variables,
} from './config-variables';

export type LogLevel = NonNullable<Variables['LOG_LEVEL']>;

/** `external` is shared by several processes, the embedded one never. */
export type MongoConfig =
  | { readonly kind: 'external'; readonly uri: string }
  | { readonly kind: 'embedded'; readonly mongodPath?: string };

/** The mail server for letters, and who they are from. */
export interface MailConfig {
  readonly url: string;
  readonly from: string;
}

interface Settings {
  readonly host: string;
  readonly port: number;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly mongo: MongoConfig;
  readonly dataDir: string;
  /**
   * Operator ids, those of Teams in lower case. Empty: nobody is named, so in the demo everybody is an admin agent,
   * and with a chat on somebody must stand in the `operators` collection.
   */
  readonly adminAgents: readonly string[];
  /** Hours that a deleted user is kept after it can be restored no more. */
  readonly purgeGrace: number;
  /** Cron: how often it is looked whom to remind. */
  readonly reminderSchedule: string;
  /** Days before the deadline, for conversations that say nothing else; the earliest first. */
  readonly reminderDays: readonly number[];
  /** Of a file that is imported. */
  readonly importMaxBytes: number;
  /** Null: no letters. */
  readonly mail: MailConfig | null;
  readonly metricsToken: string | null;
  readonly logLevel: LogLevel;
}

/** What an administrator decided, checked as a whole: a `Config` is one that Rollcall can start with. */
export type Config = Settings & Chats;

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  /** Sentences for the terminal, each beginning with the variable's name; never a value, it may be secret. */
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * The process's own environment, with a `.env` of the working folder where it says nothing. The one place that
 * looks at it; called once, by an entry point.
 */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Reads the environment; a variable that is empty counts as not set. */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): ConfigOutcome {
  const problems: string[] = [];
  const report: Report = (name, right) => problems.push(`${name}: ${right}.`);
  const given = trim(env);
  const values = parseEach(given, report);
  const isGiven: IsGiven = (name) => given[name] !== undefined;
  const chats = readChats(values, isGiven, report);
  const settings = readSettings(values, chats?.demo ?? false, isGiven, report);
  return chats && problems.length === 0
    ? { ok: true, config: { ...settings, ...chats } }
    : { ok: false, problems };
}

type IsGiven = (name: VariableName) => boolean;
type Given = Partial<Record<VariableName, string>>;

function trim(env: Readonly<Record<string, string | undefined>>): Given {
  const set = variableNames.map((name) => [name, env[name]?.trim()] as const).filter(([, value]) => value);
  return Object.fromEntries(set);
}

/** What is wrong by itself is reported and left out, so that the rules between variables still see the rest. */
function parseEach(given: Given, report: Report): Variables {
  const outcome = variables.safeParse(given);
  if (outcome.success) return outcome.data;
  const wrong = new Map(outcome.error.issues.map((issue) => [issue.path[0] as VariableName, issue.message]));
  for (const [name, right] of wrong) report(name, right);
  return variables.parse(
    Object.fromEntries(Object.entries(given).filter(([name]) => !wrong.has(name as VariableName))),
  );
}

function readSettings(values: Variables, demo: boolean, isGiven: IsGiven, report: Report): Settings {
  const host = values.HOST ?? '127.0.0.1';
  const port = values.PORT ?? 3978;
  if (demo && !isLoopback(host)) {
    report(
      'HOST',
      'must be 127.0.0.1 in the demo, which anybody who reaches it may use; for more connect a chat',
    );
  }
  return {
    host,
    port,
    publicUrl: (values.PUBLIC_URL ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ''),
    mongo: readMongo(values),
    dataDir: values.DATA_DIR ?? './data',
    adminAgents: readAdminAgents(values, demo, report),
    purgeGrace: values.PURGE_GRACE ?? 0,
    reminderSchedule: values.REMINDER_SCHEDULE ?? '* * * * *',
    reminderDays: readReminderDays(values),
    importMaxBytes: values.IMPORT_MAX_BYTES ?? 256 * 1024 * 1024,
    mail: readMail(values, isGiven, report),
    metricsToken: values.METRICS_TOKEN ?? null,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}

function readMail(
  { SMTP_URL: url, MAIL_FROM: from }: Variables,
  isGiven: IsGiven,
  report: Report,
): MailConfig | null {
  if (url && !isGiven('MAIL_FROM'))
    report('MAIL_FROM', 'is needed beside SMTP_URL: the address that letters are from');
  if (from && !isGiven('SMTP_URL'))
    report('SMTP_URL', 'is needed beside MAIL_FROM: the mail server that sends the letters');
  return url && from ? { url, from } : null;
}

function readReminderDays({ REMINDER_DAYS }: Variables): readonly number[] {
  if (!REMINDER_DAYS || REMINDER_DAYS.length === 0) return usualReminderDays;
  return [...new Set(REMINDER_DAYS.map(Number))].sort((one, other) => other - one);
}

function readMongo(values: Variables): MongoConfig {
  if (values.MONGODB_URI) return { kind: 'external', uri: values.MONGODB_URI };
  return values.MONGOD_PATH ? { kind: 'embedded', mongodPath: values.MONGOD_PATH } : { kind: 'embedded' };
}

function readAdminAgents(values: Variables, demo: boolean, report: Report): readonly string[] {
  const ids = (values.ADMIN_AGENTS ?? []).map((id) => (id.startsWith('teams:') ? id.toLowerCase() : id));
  if (!demo && ids.some((id) => id.startsWith('web:'))) {
    report(
      'ADMIN_AGENTS',
      'may name web:<name> only in the demo; elsewhere name teams:<aadObjectId> or slack:<userId>',
    );
  }
  return [...new Set(ids)];
}
