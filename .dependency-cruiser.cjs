/** Which way imports run. The name of a rule says what; its comment says where to go instead. */
const anywhereBut = (...folders) => ({ path: '^src/', pathNot: folders.map((folder) => `^src/${folder}`) });
const sdk = (name, packages, comment, ...folders) => ({
  name: `${name}-stays-in-its-folder`,
  comment,
  severity: 'error',
  from: anywhereBut(...folders),
  to: { path: packages.map((one) => `node_modules/${one}/`) },
});
const only = (folder, allowed, comment) => ({
  name: `${folder.replace(/\W+/g, '-')}-looks-inward`,
  comment,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: allowed.map((one) => `^src/${one}/`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment:
        'Two files that need each other are one thing, or a third is missing: move what both need there.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'doors-never-meet',
      comment: 'What two doors share belongs in src/chat itself (door.ts, loopback.ts), or in a feature.',
      severity: 'error',
      from: { path: '^src/chat/(teams|slack|demo)/' },
      to: { path: '^src/chat/(teams|slack|demo)/', pathNot: '^src/chat/$1/' },
    },
    {
      name: 'house-knows-no-door',
      comment: 'Only app.ts opens doors: hand what you need in as a port, or put it beside door.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/chat/(teams|slack|demo)/', '^src/app[.]ts$'] },
      to: { path: '^src/chat/(teams|slack|demo)/' },
    },
    only('domain', ['domain'], 'The domain is pure: pass facts in as parameters, act in a feature.'),
    only(
      'ports',
      ['domain', 'ports'],
      'A port is a type: put the rule in domain/, the implementation behind the port.',
    ),
    only(
      'words',
      ['domain', 'ports', 'words'],
      'Words know languages only: decide in a feature which word it is.',
    ),
    only(
      'features',
      ['domain', 'ports', 'features'],
      'A feature acts through ports: add a method to one, implement it in storage/ or directory/.',
    ),
    only(
      'storage',
      ['domain', 'ports', 'storage'],
      'Storage implements ports: rules belong in domain/, steps in features/.',
    ),
    only(
      'directory',
      ['domain', 'ports', 'storage', 'directory'],
      'A directory implements its port: rules belong in domain/, steps in features/.',
    ),
    only(
      'pictures',
      ['domain', 'ports', 'pictures'],
      'A picture is drawn of what it is given: read and count in a feature.',
    ),
    only(
      'tables',
      ['domain', 'ports', 'tables'],
      'A table is read and written as it is: what its rows mean is decided in a feature.',
    ),
    only(
      'chat',
      ['domain', 'ports', 'words', 'features', 'chat'],
      'A chat only carries: ask a port, and let app.ts hand it in.',
    ),
    only(
      'jobs',
      ['domain', 'ports', 'features', 'jobs'],
      'A job is a schedule and one call: the work belongs in a feature.',
    ),
    only(
      'mail',
      ['domain', 'ports', 'words', 'mail'],
      'A letter is written and sent as it is asked for: whether, when and to whom is decided in a feature.',
    ),
    only('telemetry', ['ports', 'telemetry'], 'Logs and metrics are told through the ports Log and Metrics.'),
    only(
      'http',
      ['domain', 'ports', 'words', 'features', 'chat', 'http'],
      'HTTP mounts what it is given: let app.ts hand it in.',
    ),
    sdk(
      'botbuilder',
      ['botbuilder', 'botframework-[^/]+'],
      'Speak of Commands and Answers (src/chat/door.ts); the Teams SDK is known to src/chat/teams alone.',
      'chat/teams/',
    ),
    sdk(
      'slack',
      ['@slack/[^/]+'],
      'Speak of Commands and Answers (src/chat/door.ts); the Slack SDK is known to src/chat/slack alone.',
      'chat/slack/',
    ),
    sdk(
      'mongoose',
      ['mongoose', 'mongodb', 'mongodb-memory-server-core'],
      'Ask a port (src/ports); MongoDB is known to src/storage and src/directory/mongo alone.',
      'storage/',
      'directory/mongo/',
    ),
    sdk(
      'express',
      ['express', 'helmet'],
      'Give plain node handlers (DoorRoute in src/chat/door.ts); src/http mounts them.',
      'http/',
    ),
    sdk('node-cron', ['node-cron'], 'Add a row to the table of jobs in src/app.ts.', 'jobs/'),
    sdk('telemetry', ['pino', 'pino-pretty', 'prom-client'], 'Use the ports Log and Metrics.', 'telemetry/'),
    sdk(
      'tables',
      ['csv-parse', 'saxes', 'yauzl'],
      'Ask the port Tables (src/ports/tables.ts); files are taken apart in src/tables alone.',
      'tables/',
    ),
    sdk(
      'nodemailer',
      ['nodemailer'],
      'Ask the port Mail (src/ports/mail.ts); letters are sent in src/mail alone.',
      'mail/',
    ),
    sdk('i18next', ['i18next'], 'Use words (src/words/words.ts); texts stand in locales/.', 'words/'),
    sdk(
      'templates',
      ['adaptivecards-templating', 'adaptive-expressions'],
      'Answer with a Card (src/ports/card.ts); src/chat/cards.ts renders it, from src/chat/templates.ts.',
      'chat/cards',
      'chat/templates',
    ),
    {
      name: 'domain-has-no-sdk',
      comment: 'The domain needs no package and no I/O: pass facts and an Entropy in.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/', '^(node:)?crypto$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/chat/demo/page/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
