import { parseIds, withPage } from '../../src/domain/ticked';

describe('Ids that travel joined', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['a', ['a']],
    ['a,b,a', ['a', 'b']],
    [',a,,b,', ['a', 'b']],
  ])('%j are %j', (joined, ids) => {
    expect(parseIds(joined)).toEqual(ids);
  });
});

describe('What is ticked', () => {
  test('on other pages stays while one page is looked at', () => {
    expect(withPage(['a', 'x'], ['a', 'b', 'c'], ['b'])).toEqual(['x', 'b']);
  });

  test('is nothing where all ticks of the only page are taken away', () => {
    expect(withPage(['a', 'b'], ['a', 'b'], [])).toEqual([]);
  });

  test('is kept once, also for who is on two pages because the list has moved', () => {
    expect(withPage(['a', 'b'], ['c'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  });
});
