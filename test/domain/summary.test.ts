import { summaryDay, summarySince, unopenedBetween } from '../../src/domain/summary';

const at = (instant: string) => new Date(instant);

describe('The summary of a day', () => {
  it.each([
    ['not before the hour', '2026-11-22T06:59:59.999Z', 8, 'Europe/Paris', null],
    ['from the hour on', '2026-11-22T07:00:00Z', 8, 'Europe/Paris', '2026-11-22'],
    ['until the day is over', '2026-11-22T22:59:59Z', 8, 'Europe/Paris', '2026-11-22'],
    ['not at midnight for the day before', '2026-11-22T23:00:00Z', 8, 'Europe/Paris', null],
    ['by the clocks of the conversation', '2026-11-22T00:00:00Z', 8, 'Asia/Tokyo', '2026-11-22'],
    ['west of Greenwich', '2026-11-23T01:00:00Z', 17, 'America/New_York', '2026-11-22'],
    ['from the first moment of the day on', '2026-11-21T23:00:00Z', 0, 'Europe/Paris', '2026-11-22'],
  ])('is due %s', (_, now, hour, timeZone, expected) => {
    expect(summaryDay(at(now), { hour, timeZone })).toBe(expected);
  });

  it.each([
    ['not before the hour that the clocks skip', '2026-03-29T00:59:59Z', 2, null],
    ['as much later as they are put forward', '2026-03-29T01:00:00Z', 2, '2026-03-29'],
    ['at the next hour as ever', '2026-03-29T01:00:00Z', 3, '2026-03-29'],
    ['when they show the hour for the first time', '2026-10-25T00:00:00Z', 2, '2026-10-25'],
    ['still when they show it again', '2026-10-25T01:00:00Z', 2, '2026-10-25'],
  ])('is due on the day of a clock change: %s', (_, now, hour, expected) => {
    expect(summaryDay(at(now), { hour, timeZone: 'Europe/Paris' })).toBe(expected);
  });

  it('tells of what happened since the last one, at first of a day, and never of more than a week', () => {
    const now = at('2026-11-22T08:00:00Z');

    expect(summarySince(now, at('2026-11-20T08:00:00Z'))).toEqual(at('2026-11-20T08:00:00Z'));
    expect(summarySince(now, null)).toEqual(at('2026-11-21T08:00:00Z'));
    expect(summarySince(now, at('2026-10-01T08:00:00Z'))).toEqual(at('2026-11-15T08:00:00Z'));
  });

  it('tells of links that wait for three days, and of those that ran out since the last one', () => {
    const [now, since] = [at('2026-11-22T08:00:00Z'), at('2026-11-21T08:00:00Z')];

    expect(unopenedBetween(now, since)).toEqual({
      from: at('2026-11-14T08:00:00Z'),
      to: at('2026-11-19T08:00:00Z'),
    });
  });
});
