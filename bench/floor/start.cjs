// The least that a start can take: the SDKs are loaded, MongoDB is connected, and the port answers.
require('botbuilder');
require('adaptivecards-templating');
const express = require('express');
const mongoose = require('mongoose');

async function main() {
  await mongoose
    .createConnection(process.env.MONGODB_URI, { autoIndex: false, autoCreate: false })
    .asPromise();
  const app = express();
  app.get('/readyz', (_, response) => response.send('ok'));
  app.listen(Number(process.env.PORT), '127.0.0.1');
}

void main();
