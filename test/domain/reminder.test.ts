import {
  dueRanges,
  dueThreshold,
  readSnooze,
  reminderHorizon,
  thresholdAt,
  type Reminded,
  type ReminderTimes,
} from '../../src/domain/reminder';

const paris: ReminderTimes = { days: [7, 3, 1], hour: 8, timeZone: 'Europe/Paris' };
const fresh: Reminded = { sent: [], snoozedUntil: null };
/** 23:30 on 21 December in Paris. */
const user = { restoreBy: new Date('2026-12-21T22:30:00Z') };
const at = (instant: string) => new Date(instant);

describe('a threshold', () => {
  it.each([
    ['on the day of the deadline', 0, paris, '2026-12-21T07:00:00.000Z'],
    ['a week before', 7, paris, '2026-12-14T07:00:00.000Z'],
    ['where it is a day later already', 1, { ...paris, timeZone: 'Asia/Tokyo' }, '2026-12-20T23:00:00.000Z'],
    ['west of Greenwich', 1, { ...paris, timeZone: 'America/New_York' }, '2026-12-20T13:00:00.000Z'],
    ['at midnight', 3, { ...paris, hour: 0 }, '2026-12-17T23:00:00.000Z'],
  ])('falls at the hour of the conversation, %s', (_, days, times, expected) => {
    expect(thresholdAt(user, days, times).toISOString()).toBe(expected);
  });

  it.each([
    ['a day that begins with winter time', '2026-10-27T12:00:00Z', 2, 8, '2026-10-25T07:00:00.000Z'],
    [
      'the hour that the clocks skip: as much later',
      '2026-03-30T12:00:00Z',
      1,
      2,
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'the hour that they show twice: the first time',
      '2026-10-26T12:00:00Z',
      1,
      2,
      '2026-10-25T00:00:00.000Z',
    ],
    ['the hour after that one', '2026-10-26T12:00:00Z', 1, 3, '2026-10-25T02:00:00.000Z'],
  ])('on the day of a clock change: %s', (_, restoreBy, days, hour, expected) => {
    const found = thresholdAt({ restoreBy: at(restoreBy) }, days, { ...paris, hour });

    expect(found.toISOString()).toBe(expected);
  });

  it('falls half an hour later where the clocks skip half an hour', () => {
    const times = { hour: 2, timeZone: 'Australia/Lord_Howe' };

    const found = thresholdAt({ restoreBy: at('2026-10-05T12:00:00Z') }, 1, times);

    expect(found.toISOString()).toBe('2026-10-03T15:30:00.000Z');
  });
});

describe('what is due', () => {
  it.each([
    ['nothing before the first threshold', '2026-12-14T06:59:59.999Z', null],
    ['the first, from its instant on', '2026-12-14T07:00:00Z', 7],
    ['the second', '2026-12-18T07:00:00Z', 3],
    ['the last', '2026-12-21T22:30:00Z', 1],
    ['nothing once it is too late', '2026-12-21T22:30:00.001Z', null],
  ])('is %s', (_, now, expected) => {
    expect(dueThreshold(user, at(now), paris, fresh)).toBe(expected);
  });

  it('is the most urgent of those that were missed, and nothing after it', () => {
    const now = at('2026-12-20T12:00:00Z');

    expect(dueThreshold(user, now, paris, { ...fresh, sent: [7] })).toBe(1);
    expect(dueThreshold(user, now, paris, { ...fresh, sent: [1] })).toBeNull();
    expect(dueThreshold(user, now, { ...paris, days: [7, 3, 2] }, { ...fresh, sent: [1] })).toBeNull();
  });

  it('follows the deadline wherever it is moved', () => {
    const moved = { restoreBy: at('2027-01-05T09:00:00Z') };

    expect(dueThreshold(moved, at('2026-12-20T12:00:00Z'), paris, fresh)).toBeNull();
    expect(dueThreshold(moved, at('2026-12-29T07:00:00Z'), paris, fresh)).toBe(7);
  });

  it.each([
    ['nothing while somebody is snoozed', '2026-12-19T06:59:59Z', null],
    ['a reminder when the snooze ends', '2026-12-19T07:00:00Z', 2],
    ['a threshold after it', '2026-12-20T07:00:00Z', 1],
  ])('is %s', (_, now, expected) => {
    const snoozed = { sent: [7], snoozedUntil: '2026-12-19' };

    expect(dueThreshold(user, at(now), paris, snoozed)).toBe(expected);
  });

  it('is nothing once the end of a snooze was announced', () => {
    const snoozed = { sent: [7, 2], snoozedUntil: '2026-12-19' };

    expect(dueThreshold(user, at('2026-12-19T12:00:00Z'), paris, snoozed)).toBeNull();
  });
});

describe('the horizon', () => {
  it('is the end of the last day that a threshold reaches', () => {
    const now = at('2026-12-14T12:00:00Z');

    expect(reminderHorizon(now, paris).toISOString()).toBe('2026-12-21T23:00:00.000Z');
    expect(reminderHorizon(now, { ...paris, days: [] }).toISOString()).toBe('2026-12-14T23:00:00.000Z');
  });
});

describe('the days of deadlines that are due', () => {
  it.each([paris, { ...paris, hour: 18 }, { ...paris, days: [0, 30], timeZone: 'America/New_York' }])(
    'say the same as each user would',
    (times) => {
      const now = at('2026-12-14T12:00:00Z');

      const ranges = dueRanges(now, times);

      for (let hours = 0; hours < 33 * 24; hours += 1) {
        const restoreBy = new Date(now.getTime() + hours * 60 * 60 * 1000);
        const range = ranges.find(({ from, before }) => from <= restoreBy && restoreBy < before);
        expect(range?.threshold ?? null).toBe(dueThreshold({ restoreBy }, now, times, fresh));
      }
    },
  );
});

describe('a snooze', () => {
  const now = at('2026-12-18T12:00:00Z');

  it.each([
    ['tomorrow, unless told', undefined, { until: '2026-12-19' }],
    ['a day', ' 2026-12-20 ', { until: '2026-12-20' }],
    ['the day of the deadline, where its hour comes first', '2026-12-21', { until: '2026-12-21' }],
    ['no day after it', '2026-12-22', { fault: 'after-deadline' }],
    ['not today', '2026-12-18', { fault: 'past-day' }],
    ['not yesterday', '2026-12-17', { fault: 'past-day' }],
    ['nothing that is no day', 'soon', { fault: 'not-a-day' }],
  ])('lasts until %s', (_, typed, expected) => {
    expect(readSnooze(typed, user, now, paris)).toEqual(expected);
  });

  it('cannot begin on the last day', () => {
    expect(readSnooze('', user, at('2026-12-21T12:00:00Z'), paris)).toEqual({ fault: 'after-deadline' });
  });
});
