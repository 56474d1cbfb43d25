import { setTimeout as sleep } from 'node:timers/promises';
import type { Entropy } from '../domain/entropy';
import type { Card } from '../ports/card';
import type { Clock } from '../ports/clock';
import type { HandOvers } from '../ports/hand-overs';
import type { ImportProgress, ImportRecord } from '../ports/imports';
import type { Letters } from '../ports/letters';
import type { LiveCard, LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Messenger } from '../ports/messenger';
import { createFailedRowsOnce } from './failed-rows-once';
import type { ImportFiles } from './import-files';
import { issuingCard } from './import-issue-cards';
import { lettersCard, lettersSubject } from './import-letters-card';
import { progressCard } from './import-progress-card';
import { resultCard } from './import-result-card';
import { importSubject, resultSubject } from './import-show';
import { undoneCard } from './import-undo-cards';

/** Milliseconds in which the card of an import that was just started comes to stand in its chat. */
const standsWithin = 60_000;
const lookEvery = 200;
const looks = 25;

interface Deps {
  readonly liveCards: LiveCards;
  readonly messenger: Pick<Messenger, 'update' | 'post'>;
  readonly handOvers: Pick<HandOvers, 'find'>;
  readonly letters: Pick<Letters, 'ofImport'>;
  readonly files: ImportFiles;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly publicUrl: string;
  /** A mail server is configured. */
  readonly mails: boolean;
}

/** Shows in the chats how imports stand, for their worker. */
export function createImportProgress(deps: Deps): ImportProgress {
  const { liveCards, messenger, handOvers, letters, clock, log, publicUrl, mails } = deps;
  const failedRowsOf = createFailedRowsOnce(deps);

  /** The cards of an import; one that has just been answered with may not stand there yet. */
  const standing = async ({ id, issue, startedAt }: ImportRecord): Promise<readonly LiveCard[]> => {
    for (let look = 0; look < looks; look += 1) {
      const cards = await liveCards.ofSubject(importSubject(id));
      if (cards.length > 0) return cards;
      if (clock.now().getTime() - ((issue?.at ?? startedAt)?.getTime() ?? 0) > standsWithin) return [];
      await sleep(lookEvery);
    }
    throw new Error('The card of an import does not stand in its chat yet.');
  };

  /** In a new message where its own was deleted: else nobody could stop the import, nor open its sheet. */
  const show = async (card: Card, live: LiveCard): Promise<LiveCard | null> => {
    const { address, locale } = live;
    if ((await messenger.update(address, card, locale)) === 'delivered') return live;
    const posted = await messenger.post(address.conversation, card, locale);
    const anew = posted === 'gone' ? null : { ...live, address: posted };
    if (anew) await liveCards.remember(anew);
    await liveCards.forget(address);
    return anew;
  };

  /** From now on the message shows the result, and changes when the link to the passwords is opened. */
  const remember = async (record: ImportRecord, live: LiveCard): Promise<void> => {
    const now = clock.now();
    const handOver = record.handOverId === null ? null : await handOvers.find(record.handOverId);
    if (!handOver) return liveCards.forget(live.address);
    const view = { now, publicUrl, handOver, token: null, failedRows: null, notice: [] };
    const subject = resultSubject(record.id);
    return liveCards.remember({ ...live, subject, card: resultCard(record, view), dueAt: now });
  };

  /** A message of its own: the one with the result holds a link that is kept nowhere, so it cannot be drawn anew. */
  const postLetters = async (record: ImportRecord, { address, locale }: LiveCard): Promise<void> => {
    const subject = lettersSubject(record.id);
    if (record.lettered === 0 || record.issue !== null) return;
    if ((await liveCards.ofSubject(subject)).length > 0) return;
    const view = { letters: await letters.ofImport(record.id), mails };
    const card = lettersCard(record, view);
    const posted = await messenger.post(address.conversation, card, locale);
    if (posted === 'gone') return;
    await liveCards.remember({ subject, address: posted, locale, card, dueAt: clock.now() });
  };

  return {
    async progress(record) {
      const now = clock.now();
      const card = cardUnderWay(record, now);
      for (const live of await liveCards.ofSubject(importSubject(record.id))) await show(card, live);
    },

    async result(record, token) {
      const now = clock.now();
      const cards = await standing(record);
      if (cards.length === 0) return 'gone';
      const [handOver, failedRows] = await Promise.all([
        record.handOverId === null ? null : handOvers.find(record.handOverId),
        failedRowsOf(record, now),
      ]);
      const view = { now, publicUrl, handOver, token, failedRows, notice: [] };
      const deliver = async (live: LiveCard): Promise<LiveCard | null> => {
        const shown = await show(resultCard(record, view), live);
        if (shown) await remember(record, shown);
        return shown;
      };
      const shown = await Promise.allSettled(cards.map(deliver));
      // One is enough: the others are looked at again.
      const [delivered] = shown.flatMap((one) => (one.status === 'fulfilled' && one.value) || []);
      if (delivered) {
        await postLetters(record, delivered).catch((error: unknown) =>
          log.warn(
            { importId: record.id, err: error },
            'The card of the letters of an import is not posted.',
          ),
        );
        return 'delivered';
      }
      const failed = shown.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      return 'gone';
    },
  };
}

function cardUnderWay(record: ImportRecord, now: Date): Card {
  const { undo, issue } = record;
  if (undo) return undoneCard(record, undo);
  return issue ? issuingCard(record, issue) : progressCard(record, now);
}
