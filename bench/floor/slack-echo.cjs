// The least that a Slack app can be: Bolt, opening for every command a view that says what was typed.
const { createServer } = require('node:http');
const { App, HTTPReceiver } = require('@slack/bolt');

const {
  SLACK_BOT_TOKEN: token,
  SLACK_SIGNING_SECRET: signingSecret,
  SLACK_API_URL: slackApiUrl,
} = process.env;
const receiver = new HTTPReceiver({ signingSecret });
const bolt = new App({ token, receiver, deferInitialization: true, clientOptions: { slackApiUrl } });

bolt.command(/.*/, async ({ command, ack, client }) => {
  await ack();
  const text = { type: 'plain_text', text: `You said: ${command.command} ${command.text}` };
  const view = {
    type: 'modal',
    title: { type: 'plain_text', text: 'Echo' },
    blocks: [{ type: 'section', text }],
  };
  await client.views.open({ trigger_id: command.trigger_id, view });
});

async function main() {
  await bolt.init();
  createServer((request, response) => {
    if (request.url === '/readyz') response.end('ok');
    else receiver.requestListener(request, response);
  }).listen(Number(process.env.PORT), '127.0.0.1');
}

void main();
