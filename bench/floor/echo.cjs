// The least that a Teams bot can be: botbuilder behind express, answering every message with one of its own.
const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = require('botbuilder');
const express = require('express');

const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
const app = express();
app.use(express.json());
app.get('/readyz', (_, response) => response.send('ok'));
app.post('/api/messages', (request, response) =>
  adapter.process(request, response, async (context) => {
    if (context.activity.type === 'message') await context.sendActivity(`You said: ${context.activity.text}`);
  }),
);
app.listen(Number(process.env.PORT), '127.0.0.1');
