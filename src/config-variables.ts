import { z } from 'zod';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.?$/i;
const mailAddress = /^(?:[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/;

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** A host that only this machine can reach. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127(\.\d{1,3}){3}$/.test(bare);
}

function isAddress(host: string): boolean {
  return z.ipv4().safeParse(host).success || z.ipv6().safeParse(host).success;
}

/** A wrong IPv4 address looks like a host name, so what ends in a number must be an address. */
function isHost(host: string): boolean {
  return isAddress(host) || (hostName.test(host) && !/(^|\.)\d+$/.test(host));
}

function isBaseUrl(text: string): boolean {
  const url = urlOf(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return !url.username && !url.password && !/[?#]/.test(text);
}

function isMailServer(text: string): boolean {
  const url = urlOf(text);
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') return false;
  return /^\/?$/.test(url.pathname) && !/[?#]/.test(text) && isDecodable(url.username + url.password);
}

/** What stands percent-encoded in a name or a password can be read. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Shape only: node-cron has the last word when the job is scheduled. */
function isCron(text: string): boolean {
  const fields = text.split(/\s+/);
  return (
    (fields.length === 5 || fields.length === 6) && fields.every((field) => /^[\dA-Za-z*/,-]+$/.test(field))
  );
}

function text(rule: (value: string) => boolean, right: string) {
  return z.string().refine(rule, right).optional();
}

function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, `must be one of ${values.join(', ')}`).optional();
}

function whole(least: number, most: number, right: string) {
  const isWhole = (value: string) =>
    /^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most;
  return z.string().refine(isWhole, right).transform(Number).optional();
}

function listOf(isItem: (item: string) => boolean, right: string) {
  return z
    .string()
    .transform((value) => value.split(',').map((item) => item.trim()))
    .refine((items) => items.every(isItem), right)
    .optional();
}

const printable = (value: string) => /^[\x21-\x7e]+$/.test(value);
const startsWith = (prefix: string) => (value: string) => value.startsWith(prefix) && printable(value);

/**
 * Every variable that Rollcall reads, one by one; what they mean together is decided in `config.ts`.
 * A message says what would be right and follows the variable's name. It never repeats the value: it may be secret.
 */
export const variables = z.object({
  NODE_ENV: z.string().optional(),
  PORT: whole(1, 65535, 'must be a whole number from 1 to 65535'),
  HOST: text(isHost, 'must be an IP address or a host name to listen on, such as 127.0.0.1 or 0.0.0.0'),
  PUBLIC_URL: text(
    isBaseUrl,
    'must be the http or https address under which people reach Rollcall, such as https://rollcall.example.com',
  ),
  MONGODB_URI: text(
    (value) => /^mongodb(\+srv)?:\/\/[^\s/]+(\/\S*)?$/.test(value),
    'must be a connection string that begins with mongodb:// or mongodb+srv://',
  ),
  MONGOD_PATH: z.string().optional(),
  DATA_DIR: z.string().optional(),
  DEMO: oneOf(['true', 'false']),
  MicrosoftAppId: text((value) => guid.test(value), 'must be the GUID of the app registration'),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppTenantId: text((value) => guid.test(value), 'must be the GUID of the tenant'),
  MicrosoftAppType: oneOf(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']),
  SLACK_BOT_TOKEN: text(startsWith('xoxb-'), 'must be the bot token that begins with xoxb-'),
  SLACK_SIGNING_SECRET: text(printable, "must be the signing secret of the app's Basic Information page"),
  SLACK_APP_TOKEN: text(startsWith('xapp-'), 'must be the app-level token that begins with xapp-'),
  SLACK_API_URL: text(isBaseUrl, 'must be an http or https address, such as https://slack.com/api/'),
  ADMIN_AGENTS: listOf(
    (item) => /^(teams:[0-9A-Za-z-]+|slack:[0-9A-Z]+|web:[^\s:,][^:,]*)$/.test(item),
    'must be a comma-separated list of teams:<aadObjectId> and slack:<userId> (and web:<name> in the demo)',
  ),
  REMINDER_SCHEDULE: text(isCron, 'must be a cron expression of five or six fields, such as */5 * * * *'),
  REMINDER_DAYS: listOf(
    (item) => /^\d{1,2}$/.test(item) && Number(item) <= 30,
    'must be a comma-separated list of whole days from 0 to 30, such as 7,3,1',
  ),
  PURGE_GRACE: whole(0, 87_600, 'must be a whole number of hours, 0 or more'),
  IMPORT_MAX_BYTES: whole(1, Number.MAX_SAFE_INTEGER, 'must be a whole number of bytes, 1 or more'),
  SMTP_URL: text(
    isMailServer,
    'must be an address such as smtps://user:password@mail.example.com:465, with nothing behind the port',
  ),
  MAIL_FROM: text(
    (value) => mailAddress.test(value),
    'must be an e-mail address, such as Rollcall <rollcall@example.com>',
  ),
  METRICS_TOKEN: text(printable, 'must be printable characters without spaces'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
});

export type Variables = z.infer<typeof variables>;
export type VariableName = keyof Variables;
export const variableNames = variables.keyof().options;

/** Takes note of what is wrong with a variable, in words that follow its name. */
export type Report = (name: VariableName, right: string) => void;
