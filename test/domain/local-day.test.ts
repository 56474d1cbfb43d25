import { dayAfter, startOfDay } from '../../src/domain/local-day';

describe('a day in a time zone', () => {
  it.each([
    ['in UTC', '2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    ['east of it', '2026-11-22', 'Asia/Kolkata', '2026-11-21T18:30:00.000Z'],
    ['west of it', '2026-11-22', 'America/New_York', '2026-11-22T05:00:00.000Z'],
    ['on the day that is shorter', '2026-03-29', 'Europe/Paris', '2026-03-28T23:00:00.000Z'],
    ['after it', '2026-03-30', 'Europe/Paris', '2026-03-29T22:00:00.000Z'],
    ['that has no midnight', '2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
    ['that has midnight twice', '2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
    ['before which an hour repeats', '2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00.000Z'],
    ['in a zone that is not known', '2026-11-22', 'Mars/Olympus', '2026-11-22T00:00:00.000Z'],
  ])('%s begins when its clocks say so', (_, day, timeZone, start) => {
    expect(startOfDay(day, timeZone)?.toISOString()).toBe(start);
  });

  it.each(['', 'tomorrow', '2026-02-30', '2026-13-01', '22/11/2026', '2026-11-22T00:00', '+02026-1-1'])(
    'is none for %j',
    (text) => {
      expect(startOfDay(text, 'UTC')).toBeNull();
      expect(dayAfter(text)).toBeNull();
    },
  );

  it('is followed by the next, over the end of a month and of a year', () => {
    expect([dayAfter('2026-02-28'), dayAfter('2028-02-28'), dayAfter('2026-12-31')]).toEqual([
      '2026-03-01',
      '2028-02-29',
      '2027-01-01',
    ]);
  });
});
