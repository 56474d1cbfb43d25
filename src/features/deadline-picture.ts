import { daysLeft, deadlineDays } from '../domain/retention';
import type { DeletedUser } from '../domain/user';
import { word, type CardData } from '../ports/card';
import type { Locale } from '../ports/chat';
import type { Directory } from '../ports/directory';
import type { Files } from '../ports/files';
import type { Log } from '../ports/log';
import type { Pictures } from '../ports/pictures';
import type { CustomerRequest } from './feature';

/** Days from today that count as soon. */
const soon = 7;

export interface PictureDeps {
  readonly directory: Pick<Directory, 'countDeadlines'>;
  readonly pictures: Pictures;
  readonly files: Files;
  readonly log: Log;
}

/**
 * A time line of when deleted users are lost, with those listed beside it by their numbers there; none or one. A list
 * without its picture is better than no list.
 */
export async function deadlinePicture(
  { customer, now, locale }: CustomerRequest,
  listed: readonly DeletedUser[],
  { directory, pictures, files, log }: PictureDeps,
): Promise<readonly CardData[]> {
  try {
    const edges = deadlineDays(now, locale.timeZone);
    const counts = await directory.countDeadlines(customer.id, edges);
    const marks = listed.map((user, place) => ({
      day: Math.min(daysLeft(user, now, locale.timeZone), counts.length - 1),
      label: String(place + 1),
    }));
    const bytes = await pictures.timeline({ days: dayNames(edges, locale), counts, marks });
    const file = { name: 'deleted-users.png', contentType: 'image/png', bytes } as const;
    return [{ url: await files.keep(file, now), altText: altText(counts) }];
  } catch (error) {
    log.warn(
      { err: error },
      'The time line of deleted users could not be made; the list is shown without it.',
    );
    return [];
  }
}

function altText(counts: readonly number[]) {
  const sum = (days: readonly number[]) => days.reduce((one, other) => one + other, 0);
  return word('deleted-users.picture', {
    all: word('deleted-users.pictureAll', { count: sum(counts) }),
    soon: word('deleted-users.pictureSoon', { count: sum(counts.slice(0, soon + 1)), days: soon }),
  });
}

/** The days from today on as the reader writes them, in short. */
function dayNames(edges: readonly Date[], locale: Locale): readonly string[] {
  const format = shortDate(locale);
  return edges.slice(0, -1).map((edge) => format.format(edge));
}

function shortDate({ language, timeZone }: Locale): Intl.DateTimeFormat {
  const style = { day: '2-digit', month: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat(`${language}-${language === 'fr' ? 'FR' : 'GB'}`, { ...style, timeZone });
  } catch {
    return new Intl.DateTimeFormat(`${language}-${language === 'fr' ? 'FR' : 'GB'}`, {
      ...style,
      timeZone: 'UTC',
    });
  }
}
