import { isLoopback, type Report, type VariableName, type Variables } from './config-variables';

/** The bot's registration with Microsoft. A turn of another tenant than `tenantId` is refused. */
export type TeamsConfig = { readonly appId: string } & (
  | { readonly appType: 'SingleTenant'; readonly tenantId: string; readonly password: string }
  | { readonly appType: 'MultiTenant'; readonly tenantId: string | null; readonly password: string }
  | { readonly appType: 'UserAssignedMSI'; readonly tenantId: string }
);

export interface SlackConfig {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly connection:
    | { readonly kind: 'http'; readonly signingSecret: string }
    | { readonly kind: 'socket'; readonly appToken: string };
}

/** At least one way in; the demo never beside Teams, because it takes unsigned activities. */
export type Chats =
  | { readonly demo: true; readonly teams: null; readonly slack: SlackConfig | null }
  | { readonly demo: false; readonly teams: TeamsConfig; readonly slack: SlackConfig | null }
  | { readonly demo: false; readonly teams: null; readonly slack: SlackConfig };

type IsGiven = (name: VariableName) => boolean;

const teamsVariables = [
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppTenantId',
  'MicrosoftAppType',
] as const;
const slackVariables = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN'] as const;

/** Null when there is no chat to be had; then something was reported. */
export function readChats(values: Variables, isGiven: IsGiven, report: Report): Chats | null {
  const teamsMeant = teamsVariables.some(isGiven);
  const slackMeant = slackVariables.some(isGiven);
  const teams = teamsMeant ? readTeams(values, isGiven, report) : null;
  const slack = slackMeant ? readSlack(values, isGiven, report) : null;
  if (teamsMeant || slackMeant) checkPublicUrl(values, isGiven, report);
  if (isDemo(values, teamsMeant, slackMeant, report)) return { demo: true, teams: null, slack };
  if (teams) return { demo: false, teams, slack };
  return slack ? { demo: false, teams: null, slack } : null;
}

function isDemo(values: Variables, teamsMeant: boolean, slackMeant: boolean, report: Report): boolean {
  const production = values.NODE_ENV === 'production';
  const anyChat = teamsMeant || slackMeant;
  const wanted = values.DEMO ? values.DEMO === 'true' : !anyChat && !production;
  const connect =
    'connect Teams (MicrosoftAppId and what belongs to it) or Slack (SLACK_BOT_TOKEN and what belongs to it)';
  if (wanted && production) report('DEMO', `must not be true where NODE_ENV is production: ${connect}`);
  else if (wanted && teamsMeant)
    report('DEMO', 'must not be true where Teams is connected: the demo takes unsigned messages');
  else if (!wanted && !anyChat && production)
    report('NODE_ENV', `is production, where there is no demo: ${connect}`);
  else if (!wanted && !anyChat)
    report('DEMO', `must be true while no chat is connected: leave it out, or ${connect}`);
  return wanted;
}

function checkPublicUrl(values: Variables, isGiven: IsGiven, report: Report): void {
  if (!isGiven('PUBLIC_URL')) {
    report(
      'PUBLIC_URL',
      'is needed as soon as a chat is connected: the https address under which people reach Rollcall',
    );
  }
  const url = values.PUBLIC_URL ? new URL(values.PUBLIC_URL) : null;
  if (url && url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    report(
      'PUBLIC_URL',
      'must begin with https:// unless it is on this machine: passwords are handed over there',
    );
  }
}

function readTeams(values: Variables, isGiven: IsGiven, report: Report): TeamsConfig | null {
  const appType = values.MicrosoftAppType ?? 'SingleTenant';
  const needed = {
    MicrosoftAppId: true,
    MicrosoftAppPassword: appType !== 'UserAssignedMSI',
    MicrosoftAppTenantId: appType !== 'MultiTenant',
  };
  for (const name of ['MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'] as const) {
    if (needed[name] && !isGiven(name)) report(name, `is needed to connect Teams as ${appType}`);
  }
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenantId } = values;
  if (!appId) return null;
  if (appType === 'UserAssignedMSI') return tenantId ? { appId, appType, tenantId } : null;
  if (!password) return null;
  if (appType === 'MultiTenant') return { appId, appType, password, tenantId: tenantId ?? null };
  return tenantId ? { appId, appType, password, tenantId } : null;
}

function readSlack(values: Variables, isGiven: IsGiven, report: Report): SlackConfig | null {
  if (!isGiven('SLACK_BOT_TOKEN')) report('SLACK_BOT_TOKEN', 'is needed to connect Slack');
  if (!isGiven('SLACK_SIGNING_SECRET') && !isGiven('SLACK_APP_TOKEN')) {
    report('SLACK_SIGNING_SECRET', 'is needed to connect Slack, or SLACK_APP_TOKEN for Socket Mode');
  }
  const apiUrl = values.SLACK_API_URL ?? 'https://slack.com/api/';
  const { protocol, hostname } = new URL(apiUrl);
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    report(
      'SLACK_API_URL',
      'must begin with https:// unless it is on this machine: the bot token is sent there',
    );
  }
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_SIGNING_SECRET: signingSecret,
  } = values;
  if (!botToken) return null;
  if (appToken) return { botToken, apiUrl, connection: { kind: 'socket', appToken } };
  return signingSecret ? { botToken, apiUrl, connection: { kind: 'http', signingSecret } } : null;
}
