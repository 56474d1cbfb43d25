import type { Locale } from '../../ports/chat';
import { inTime } from '../in-time';
import { createTimeZones } from '../time-zones';
import type { SlackCalls, UserInfo } from './calls';
import { keepNewest } from './keep-newest';

export interface SlackPerson {
  /** What Slack calls this person; null where it has not said. */
  readonly name: string | null;
  /** English and UTC where Slack has not said. */
  readonly locale: Locale;
  /** Slack counts the person to another organization. What it has not said is told by the envelope alone. */
  readonly isForeign: boolean;
}

export interface SlackPeople {
  /** Within a second, and never throws: what Slack says too late is known the next time. */
  who(user: string): Promise<SlackPerson>;
}

interface PeopleDeps {
  readonly calls: Pick<SlackCalls, 'userInfo'>;
  /** Our own workspace; null while nobody knows. */
  readonly ownTeam: () => string | null;
  readonly withinMs?: number;
  readonly keptMs?: number;
}

interface Known {
  readonly info: UserInfo;
  readonly at: number;
}

const mostKept = 5_000;

export function createPeople({
  calls,
  ownTeam,
  withinMs = 1_000,
  keptMs = 60 * 60_000,
}: PeopleDeps): SlackPeople {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<UserInfo>>();
  const isTimeZone = createTimeZones();

  const keep = (user: string, info: UserInfo): void => {
    keepNewest(known, mostKept, [user, { info, at: performance.now() }]);
  };

  const ask = async (user: string): Promise<UserInfo> => {
    try {
      const info = await calls.userInfo(user);
      keep(user, info);
      return info;
    } finally {
      asking.delete(user);
    }
  };

  /** Several commands of one person ask once. */
  const asked = (user: string): Promise<UserInfo> => {
    const running = asking.get(user);
    if (running) return running;
    const started = ask(user);
    asking.set(user, started);
    return started;
  };

  const infoOf = async (user: string): Promise<UserInfo | null> => {
    const before = known.get(user);
    if (before && performance.now() - before.at < keptMs) return before.info;
    try {
      return await inTime(asked(user), withinMs, () => new Error('Slack is slow.'));
    } catch {
      return before?.info ?? null;
    }
  };

  return {
    async who(user) {
      const info = await infoOf(user);
      if (!info) return { name: null, locale: { language: 'en', timeZone: 'UTC' }, isForeign: false };
      const { name, language, timeZone } = info;
      return {
        name: name || null,
        locale: { language, timeZone: isTimeZone(timeZone) ? timeZone : 'UTC' },
        isForeign: isForeign(info, ownTeam()),
      };
    },
  };
}

function isForeign({ isStranger, teams }: UserInfo, own: string | null): boolean {
  return isStranger || (own !== null && teams.length > 0 && !teams.includes(own));
}
