import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, type Config } from '../src/config';
import { variableNames } from '../src/config-variables';

const guid = '11111111-2222-3333-4444-555555555555';
const teams = {
  MicrosoftAppId: guid,
  MicrosoftAppPassword: 'hush',
  MicrosoftAppTenantId: guid,
  PUBLIC_URL: 'https://rollcall.example.com',
};
const slack = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'hush',
  PUBLIC_URL: 'https://rollcall.example.com',
};

function configOf(env: Record<string, string>): Config {
  const outcome = parseConfig(env);
  if (!outcome.ok) throw new Error(outcome.problems.join('\n'));
  return outcome.config;
}

function problemsOf(env: Record<string, string>): readonly string[] {
  const outcome = parseConfig(env);
  return outcome.ok ? [] : outcome.problems;
}

/** The names of the variables that are reported, in their order. */
function blamed(env: Record<string, string>): string[] {
  return problemsOf(env).map((problem) => problem.slice(0, problem.indexOf(':')));
}

describe('with nothing set', () => {
  it('is the demo on loopback with an embedded MongoDB', () => {
    expect(configOf({})).toEqual({
      demo: true,
      teams: null,
      slack: null,
      host: '127.0.0.1',
      port: 3978,
      publicUrl: 'http://127.0.0.1:3978',
      mongo: { kind: 'embedded' },
      dataDir: './data',
      adminAgents: [],
      purgeGrace: 0,
      reminderDays: [7, 3, 1],
      reminderSchedule: '* * * * *',
      importMaxBytes: 256 * 1024 * 1024,
      mail: null,
      metricsToken: null,
      logLevel: 'info',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(configOf({ PORT: '', DEMO: ' ', MicrosoftAppId: '', ADMIN_AGENTS: '' })).toEqual(configOf({}));
  });

  it('is reached under the port that it listens on', () => {
    expect(configOf({ PORT: '4000' }).publicUrl).toBe('http://127.0.0.1:4000');
  });
});

describe('a wrong value', () => {
  it.each([
    ['PORT', 'abc'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '39.78'],
    ['PORT', '-1'],
    ['HOST', '127.0.0.1:3978'],
    ['HOST', '127.0.0.300'],
    ['HOST', 'http://127.0.0.1'],
    ['PUBLIC_URL', 'rollcall.example.com'],
    ['PUBLIC_URL', 'ftp://rollcall.example.com'],
    ['PUBLIC_URL', 'https://user:pass@rollcall.example.com'],
    ['PUBLIC_URL', 'https://rollcall.example.com/?a=1'],
    ['MONGODB_URI', 'localhost:27017'],
    ['MONGODB_URI', 'http://localhost:27017'],
    ['DEMO', 'yes'],
    ['ADMIN_AGENTS', 'anna@contoso.com'],
    ['ADMIN_AGENTS', 'teams:anna@contoso.com'],
    ['ADMIN_AGENTS', 'discord:1'],
    ['ADMIN_AGENTS', 'slack:anna.martin'],
    ['ADMIN_AGENTS', 'slack:U1,,slack:U2'],
    ['ADMIN_AGENTS', 'teams:'],
    ['REMINDER_SCHEDULE', 'every minute'],
    ['REMINDER_SCHEDULE', '* * * *'],
    ['REMINDER_SCHEDULE', '* * * * * * *'],
    ['REMINDER_DAYS', '7,three'],
    ['REMINDER_DAYS', '31'],
    ['PURGE_GRACE', '-1'],
    ['IMPORT_MAX_BYTES', '256 MiB'],
    ['IMPORT_MAX_BYTES', '0'],
    ['SMTP_URL', 'mail.example.com'],
    ['SMTP_URL', 'https://mail.example.com'],
    ['MAIL_FROM', 'Rollcall'],
    ['METRICS_TOKEN', 'two words'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is reported by the name of its variable, once', (name, value) => {
    expect(blamed({ [name]: value })).toEqual([name]);
  });

  it('is reported together with all others', () => {
    const env = {
      ...teams,
      MicrosoftAppId: 'x',
      PORT: 'x',
      LOG_LEVEL: 'x',
      PUBLIC_URL: 'http://rollcall.example.com',
    };
    expect(blamed({ ...env, SLACK_BOT_TOKEN: 'xoxb-1' }).sort()).toEqual(
      ['LOG_LEVEL', 'MicrosoftAppId', 'PORT', 'PUBLIC_URL', 'SLACK_SIGNING_SECRET'].sort(),
    );
  });

  it('is not repeated, for it may be a secret', () => {
    const env = {
      SLACK_BOT_TOKEN: 'mistaken-1',
      MONGODB_URI: 'mongo://me:mistaken-2@h',
      METRICS_TOKEN: 'mistaken 3',
    };
    const problems = problemsOf(env).join('\n');
    expect(problems).toContain('MONGODB_URI');
    expect(problems).not.toContain('mistaken');
  });

  it('is explained in a sentence', () => {
    for (const problem of problemsOf({ PORT: 'x', HOST: ':', DEMO: 'x' }))
      expect(problem).toMatch(/^\w+: must be .+\.$/);
  });
});

describe('letters', () => {
  const mail = {
    SMTP_URL: 'smtps://rollcall:p%40ss@mail.example.com:465',
    MAIL_FROM: 'Rollcall <rollcall@example.com>',
  };

  it('go through the mail server that is named, from the address that is named', () => {
    expect(configOf(mail).mail).toEqual({ url: mail.SMTP_URL, from: mail.MAIL_FROM });
  });

  it('need both', () => {
    expect(blamed({ SMTP_URL: mail.SMTP_URL })).toEqual(['MAIL_FROM']);
    expect(blamed({ MAIL_FROM: mail.MAIL_FROM })).toEqual(['SMTP_URL']);
  });

  it.each(['?logger=true', '/path', '#part'])('take nothing behind the port: %s', (behind) => {
    expect(blamed({ ...mail, SMTP_URL: mail.SMTP_URL + behind })).toEqual(['SMTP_URL']);
  });
});

describe('what is kept', () => {
  it('is kept for as many hours longer as it is told', () => {
    expect(configOf({ PURGE_GRACE: '48' }).purgeGrace).toBe(48);
    expect(blamed({ PURGE_GRACE: '1.5' })).toEqual(['PURGE_GRACE']);
  });
});

describe('a file', () => {
  it('may be as large as it is told', () => {
    expect(configOf({ IMPORT_MAX_BYTES: '1048576' }).importMaxBytes).toBe(1_048_576);
  });
});

describe('the demo', () => {
  it('does not listen beyond loopback', () => {
    expect(blamed({ HOST: '0.0.0.0' })).toEqual(['HOST']);
    expect(blamed({ HOST: '192.168.1.5' })).toEqual(['HOST']);
    for (const HOST of ['127.0.0.1', '127.9.9.9', '::1', 'localhost'])
      expect(configOf({ HOST }).host).toBe(HOST);
  });

  it('knows people by name', () => {
    expect(configOf({ ADMIN_AGENTS: 'web:anna, web:Émile Roy' }).adminAgents).toEqual([
      'web:anna',
      'web:Émile Roy',
    ]);
  });

  it('is not to be had in production, wished for or not', () => {
    expect(blamed({ NODE_ENV: 'production' })).toEqual(['NODE_ENV']);
    expect(blamed({ NODE_ENV: 'production', DEMO: 'true' })).toEqual(['DEMO']);
    expect(problemsOf({ NODE_ENV: 'production' }).join()).toMatch(/MicrosoftAppId.*SLACK_BOT_TOKEN/);
  });

  it('is not to be had beside Teams, but beside Slack', () => {
    expect(blamed({ ...teams, DEMO: 'true' })).toEqual(['DEMO']);
    expect(configOf({ ...slack, DEMO: 'true' })).toMatchObject({ demo: true, slack: { botToken: 'xoxb-1' } });
  });

  it('cannot be turned off while there is no other way in', () => {
    expect(blamed({ DEMO: 'false' })).toEqual(['DEMO']);
  });
});

describe('Teams', () => {
  it('belongs to a single tenant unless another type is named', () => {
    const config = configOf({ ...teams, HOST: '0.0.0.0' });
    expect(config.demo).toBe(false);
    expect(config.teams).toEqual({ appId: guid, appType: 'SingleTenant', password: 'hush', tenantId: guid });
    expect(blamed({ ...teams, MicrosoftAppTenantId: '' })).toEqual(['MicrosoftAppTenantId']);
  });

  it('needs no tenant as MultiTenant and no password as UserAssignedMSI', () => {
    const many = configOf({ ...teams, MicrosoftAppTenantId: '', MicrosoftAppType: 'MultiTenant' });
    expect(many.teams).toEqual({ appId: guid, appType: 'MultiTenant', password: 'hush', tenantId: null });
    const managed = configOf({ ...teams, MicrosoftAppPassword: '', MicrosoftAppType: 'UserAssignedMSI' });
    expect(managed.teams).toEqual({ appId: guid, appType: 'UserAssignedMSI', tenantId: guid });
    expect(blamed({ ...teams, MicrosoftAppTenantId: '', MicrosoftAppType: 'UserAssignedMSI' })).toEqual([
      'MicrosoftAppTenantId',
    ]);
  });

  it.each([
    ['MicrosoftAppPassword', 'hush'],
    ['MicrosoftAppTenantId', guid],
    ['MicrosoftAppType', 'MultiTenant'],
  ])('is not connected by %s alone', (name, value) => {
    expect(blamed({ [name]: value, PUBLIC_URL: teams.PUBLIC_URL })).toContain('MicrosoftAppId');
  });

  it('does not blame the tenant for a type that is wrong', () => {
    expect(blamed({ ...teams, MicrosoftAppType: 'Multi' })).toEqual(['MicrosoftAppType']);
  });
});

describe('Slack', () => {
  it('comes over HTTP with a signing secret and over a socket with an app token', () => {
    expect(configOf(slack).slack?.connection).toEqual({ kind: 'http', signingSecret: 'hush' });
    const socket = { ...slack, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1' };
    expect(configOf(socket).slack?.connection).toEqual({ kind: 'socket', appToken: 'xapp-1' });
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET'],
    [{ SLACK_SIGNING_SECRET: 'hush' }, 'SLACK_BOT_TOKEN'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ ...slack, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
    [{ ...slack, SLACK_API_URL: 'http://slack.example.com/' }, 'SLACK_API_URL'],
  ])('in part (%j) is a wrong value', (env, name) => {
    expect(blamed({ PUBLIC_URL: slack.PUBLIC_URL, ...env })).toEqual([name]);
  });

  it('may be a stand-in on loopback', () => {
    expect(configOf({ ...slack, SLACK_API_URL: 'http://127.0.0.1:9/api/' }).slack?.apiUrl).toBe(
      'http://127.0.0.1:9/api/',
    );
  });
});

describe('with a chat on', () => {
  it('PUBLIC_URL is needed, by https unless it is on loopback', () => {
    expect(blamed({ ...teams, PUBLIC_URL: '' })).toEqual(['PUBLIC_URL']);
    expect(blamed({ ...slack, PUBLIC_URL: 'http://rollcall.example.com' })).toEqual(['PUBLIC_URL']);
    expect(configOf({ ...teams, PUBLIC_URL: 'http://localhost:3978/' }).publicUrl).toBe(
      'http://localhost:3978',
    );
    expect(configOf({ ...teams, PUBLIC_URL: 'http://[::1]:3978' }).publicUrl).toBe('http://[::1]:3978');
  });

  it('keeps the path under which a proxy shows it', () => {
    expect(configOf({ ...teams, PUBLIC_URL: 'https://example.com/rollcall/' }).publicUrl).toBe(
      'https://example.com/rollcall',
    );
  });

  it('people of the demo are no admin agents', () => {
    expect(blamed({ ...teams, ADMIN_AGENTS: `teams:${guid},web:anna` })).toEqual(['ADMIN_AGENTS']);
  });

  it('admin agents are listed once each, those of Teams in lower case', () => {
    const ADMIN_AGENTS = 'teams:AAAAAAAA-2222-3333-4444-555555555555, slack:U012AB,slack:U012AB';
    const ids = ['teams:aaaaaaaa-2222-3333-4444-555555555555', 'slack:U012AB'];
    expect(configOf({ ...teams, ADMIN_AGENTS }).adminAgents).toEqual(ids);
  });
});

describe('MongoDB', () => {
  it.each([
    'mongodb://a.example.com,b.example.com:27018/rollcall?replicaSet=rs0',
    'mongodb+srv://me:p%40ss@cluster.example.com/rollcall',
    'mongodb://127.0.0.1:27017',
  ])('is the one of %s', (uri) => {
    expect(configOf({ MONGODB_URI: uri }).mongo).toEqual({ kind: 'external', uri });
  });

  it('may be embedded with a mongod of its own', () => {
    expect(configOf({ MONGOD_PATH: '/opt/mongod' }).mongo).toEqual({
      kind: 'embedded',
      mongodPath: '/opt/mongod',
    });
  });
});

describe('.env.example', () => {
  const lines = readFileSync(join(__dirname, '../.env.example'), 'utf8').split('\n');
  const assignment = /^# ([A-Za-z_]+)=(.*)$/;
  const shown = lines.flatMap((line) => assignment.exec(line)?.[1] ?? []);

  it('shows every variable once and no other', () => {
    expect(shown.sort()).toEqual([...variableNames].sort());
  });

  it('explains each one in the lines before it', () => {
    for (const block of lines
      .join('\n')
      .split('\n\n')
      .filter((block) => block.split('\n').some((line) => assignment.test(line)))) {
      expect(block).toMatch(/^# [^=]+\.\n/);
    }
  });

  it('sets nothing until somebody takes the sign away', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('shows values that would be right', () => {
    const values = lines.flatMap((line) => {
      const [, name, value] = assignment.exec(line) ?? [];
      return name && value && value.length > 5 ? [[name, value] as const] : [];
    });
    const env = {
      ...Object.fromEntries(values),
      MicrosoftAppPassword: 'x',
      SLACK_BOT_TOKEN: '',
      SLACK_APP_TOKEN: '',
    };
    expect(problemsOf(env)).toEqual([]);
  });
});
