import fc from 'fast-check';
import {
  checkLocalPart,
  checkUpn,
  upnKey,
  upnLimits,
  withoutDomain,
  proposeUpns,
} from '../../src/domain/upn';

const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.-_!#^~";
const localPart = fc
  .string({ unit: fc.constantFrom(...allowed.split('')), minLength: 1, maxLength: upnLimits.local })
  .filter((local) => !local.endsWith('.'));

const reasons = (faults: readonly { field: string; reason: string }[]) =>
  faults.map(({ field, reason }) => `${field}: ${reason}`);

describe('a user principal name', () => {
  test('may have any of the allowed characters before the @', () => {
    fc.assert(fc.property(localPart, (local) => checkUpn(`${local}@contoso.example`).length === 0));
  });

  test('may have no other character, whatever it is', () => {
    const stranger = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 1 })
      .filter((one) => !allowed.includes(one));
    fc.assert(
      fc.property(localPart, stranger, (local, other) => checkLocalPart(local + other + local).length > 0),
    );
  });

  test.each([
    ['', ['local: required', 'domain: required']],
    ['ann', ['domain: required']],
    ['ann@', ['domain: required']],
    ['@contoso.example', ['local: required']],
    ['ann@lee@contoso.example', ['local: more-than-one-at']],
    ['ann.@contoso.example', ['local: dot-before-at']],
    ['hélène@contoso.example', ['local: not-allowed-characters']],
    ['ann lee@contoso.example', ['local: not-allowed-characters']],
    ['ann+lee@contoso.example', ['local: not-allowed-characters']],
    ['ann lee.@contoso.example', ['local: not-allowed-characters', 'local: dot-before-at']],
    ['ann@contoso_example', ['domain: not-allowed-characters']],
    ['.ann@contoso.example', []],
    ["o'neil_#^~!-1@contoso.example", []],
  ])('%p is judged %j', (upn, expected) => {
    expect(reasons(checkUpn(upn))).toEqual(expected);
  });

  test.each([
    [64, 48, []],
    [65, 47, ['local: too-long']],
    [64, 49, ['domain: too-long']],
    [65, 48, ['local: too-long']],
  ])('with %i characters before the @ and %i after it is judged %j', (local, domain, expected) => {
    expect(reasons(checkUpn(`${'a'.repeat(local)}@${'b'.repeat(domain)}`))).toEqual(expected);
  });

  test('says how long its parts may be', () => {
    const faults = checkUpn(`${'a'.repeat(65)}@${'b'.repeat(49)}`);
    expect(faults.map((fault) => fault.limit)).toEqual([64, 48]);
  });

  test('is the same in upper and lower case', () => {
    expect(upnKey('Ann.LEE@Contoso.Example')).toBe(upnKey('ann.lee@contoso.example'));
  });

  test('has a key that is its own key', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => upnKey(upnKey(text)) === upnKey(text)));
  });
});

describe('a domain typed behind the user name', () => {
  test.each([
    ['ann', 'contoso.example', 'ann'],
    ['ann@contoso.example', 'contoso.example', 'ann'],
    ['ann@CONTOSO.example', 'contoso.example', 'ann'],
    ['ann@fabrikam.example', 'contoso.example', 'ann@fabrikam.example'],
    ['ann@lee@contoso.example', 'contoso.example', 'ann@lee@contoso.example'],
    ['@contoso.example', 'contoso.example', '@contoso.example'],
    ['ann@', '', 'ann@'],
  ])('of %p where %p is chosen leaves %p', (typed, domain, expected) => {
    expect(withoutDomain(typed, domain)).toBe(expected);
  });
});

describe('names like a taken one', () => {
  test.each([
    ['ann', ['ann@contoso.example', 'ann2@contoso.example', 'ann3@contoso.example']],
    ['ann7', ['ann7@contoso.example', 'ann7.2@contoso.example', 'ann7.3@contoso.example']],
  ])('of %p are %p', (local, expected) => {
    expect(proposeUpns(local, 'contoso.example', 3)).toEqual(expected);
  });

  test.each(['contoso.example', `${'d'.repeat(40)}.example`])('keep to the limits at %s', (domain) => {
    for (const local of ['a'.repeat(64), `${'a'.repeat(62)}.9`, `${'a'.repeat(61)}...`]) {
      const names = proposeUpns(local, domain, 120);
      expect(names.flatMap(checkUpn)).toEqual([]);
      expect(new Set(names).size).toBeGreaterThan(110);
    }
  });
});
