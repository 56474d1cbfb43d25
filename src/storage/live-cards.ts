import { mongo } from 'mongoose';
import type { Card } from '../ports/card';
import { languages, type CardAddress } from '../ports/chat';
import type { ClaimedCard, LiveCard, LiveCards } from '../ports/live-cards';
import { answered } from './away';
import type { Records } from './records';

const { EJSON } = mongo.BSON;

export function createMongoLiveCards({ liveCards }: Pick<Records, 'liveCards'>): LiveCards {
  return {
    remember: ({ subject, address, locale, card, dueAt }) =>
      answered('write', async () => {
        const stored = { ...address, subject, ...locale, card: EJSON.stringify(card), dueAt, failures: 0 };
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

    claimDue: (now, leaseUntil) =>
      answered('write', async () => {
        const due = { dueAt: { $lte: now } };
        const stored = await liveCards
          .findOneAndUpdate(
            due,
            { $set: { dueAt: leaseUntil } },
            { sort: { dueAt: 1 }, returnDocument: 'after' },
          )
          .lean();
        return stored && toLiveCard(stored);
      }),

    settle: (card, dueAt) =>
      answered('write', async () => {
        if (dueAt === null) await liveCards.deleteOne(asClaimed(card));
        else await liveCards.updateOne(asClaimed(card), { $set: { dueAt, failures: 0 } });
      }),

    putOff: (card, retryAt) =>
      answered('write', async () => {
        await liveCards.updateOne(asClaimed(card), { $set: { dueAt: retryAt }, $inc: { failures: 1 } });
      }),
  };
}

/** Whatever has changed since is not found: it is looked at on its own account. */
function asClaimed({ address, subject, dueAt }: LiveCard) {
  return { _id: idOf(address), subject, dueAt };
}

interface StoredLiveCard {
  readonly subject: string;
  readonly conversation: string;
  readonly message: string;
  readonly language: string;
  readonly timeZone: string;
  readonly card: string;
  readonly dueAt: Date;
  /** Cards of before it was counted have none. */
  readonly failures?: number;
}

function toLiveCard({
  subject,
  conversation,
  message,
  language,
  timeZone,
  card,
  dueAt,
  failures = 0,
}: StoredLiveCard): ClaimedCard {
  return {
    subject,
    address: { conversation, message },
    locale: { language: languages.find((one) => one === language) ?? 'en', timeZone },
    card: EJSON.parse(card) as Card,
    ...{ dueAt, failures },
  };
}

function idOf({ conversation, message }: CardAddress): string {
  return JSON.stringify([conversation, message]);
}
