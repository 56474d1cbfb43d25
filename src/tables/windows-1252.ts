/** What stands at 0x80 to 0x9F; the five unused places are the control characters of the same number. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const byteOf = new Map(Array.from(upper, (character, at) => [character, 0x80 + at]));
const narrowSpace = '\u202f';

/** Node 20's own decoder of this name reads 0x80 to 0x9F as control characters. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (one) => upper.charAt(one.charCodeAt(0) - 0x80));
}

/** What the encoding does not have becomes a question mark. */
export function encodeWindows1252(text: string): Buffer {
  return Buffer.from(Array.from(text, byteFor));
}

function byteFor(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
  if (character === narrowSpace) return 0xa0;
  return byteOf.get(character) ?? 0x3f;
}
