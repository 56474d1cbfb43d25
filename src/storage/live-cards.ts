import { mongo } from 'mongoose';
import type { Card } from '../ports/card';
import { languages, type CardAddress } from '../ports/chat';
import type { LiveCard, LiveCards } from '../ports/live-cards';
import { answered } from './away';
import type { Records } from './records';

const { EJSON } = mongo.BSON;

export function createMongoLiveCards({ liveCards }: Pick<Records, 'liveCards'>): LiveCards {
  return {
    remember: ({ subject, address, locale, card, dueAt }) =>
      answered('write', async () => {
        const stored = { ...address, subject, ...locale, card: EJSON.stringify(card), dueAt };
        await liveCards.updateOne({ _id: idOf(address) }, { $set: stored }, { upsert: true });
      }),

    forget: (address) =>
      answered('write', async () => {
        await liveCards.deleteOne({ _id: idOf(address) });
      }),

    ofSubject: (subject) =>
      answered('read', async () => (await liveCards.find({ subject }).lean()).map(toLiveCard)),

    wake: (subject, now) =>
      answered('write', async () => {
        await liveCards.updateMany({ subject, dueAt: { $gt: now } }, { $set: { dueAt: now } });
      }),

    claimDue: (now, retryAt) =>
      answered('write', async () => {
        const due = { dueAt: { $lte: now } };
        const stored = await liveCards
          .findOneAndUpdate(
            due,
            { $set: { dueAt: retryAt } },
            { sort: { dueAt: 1 }, returnDocument: 'after' },
          )
          .lean();
        return stored && toLiveCard(stored);
      }),

    settle: ({ address, subject, dueAt: claimedUntil }, dueAt) =>
      answered('write', async () => {
        const claimed = { _id: idOf(address), subject, dueAt: claimedUntil };
        if (dueAt === null) await liveCards.deleteOne(claimed);
        else await liveCards.updateOne(claimed, { $set: { dueAt } });
      }),
  };
}

interface StoredLiveCard {
  readonly subject: string;
  readonly conversation: string;
  readonly message: string;
  readonly language: string;
  readonly timeZone: string;
  readonly card: string;
  readonly dueAt: Date;
}

function toLiveCard({
  subject,
  conversation,
  message,
  language,
  timeZone,
  card,
  dueAt,
}: StoredLiveCard): LiveCard {
  return {
    subject,
    address: { conversation, message },
    locale: { language: languages.find((one) => one === language) ?? 'en', timeZone },
    card: EJSON.parse(card) as Card,
    dueAt,
  };
}

function idOf({ conversation, message }: CardAddress): string {
  return JSON.stringify([conversation, message]);
}
