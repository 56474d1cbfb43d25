import { createHash, timingSafeEqual } from 'node:crypto';
import type { Entropy } from './entropy';

/** Letters and digits that cannot be taken for one another on paper. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz23456789';
const length = 16;
const groupLength = 4;
const mostAttempts = 1000;

/** What is kept of a password: base64 of a random salt and of SHA-256 over salt and password. */
export interface PasswordDigest {
  readonly salt: string;
  readonly hash: string;
}

/** 16 random characters in groups of four, always with upper case, lower case and a digit. */
export function createTemporaryPassword(entropy: Entropy): string {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const characters = Array.from({ length }, () => alphabet.charAt(entropy.int(alphabet.length))).join('');
    if (/[A-Z]/.test(characters) && /[a-z]/.test(characters) && /[0-9]/.test(characters))
      return inGroups(characters);
  }
  throw new Error('The source of chance repeats itself: no password can be made of it.');
}

function inGroups(characters: string): string {
  const groups = [];
  for (let start = 0; start < length; start += groupLength)
    groups.push(characters.slice(start, start + groupLength));
  return groups.join('-');
}

export function digestPassword(password: string, entropy: Entropy): PasswordDigest {
  const salt = entropy.bytes(16);
  return { salt: salt.toString('base64'), hash: hash(salt, password).toString('base64') };
}

/** Takes the same time whether the password is nearly right or all wrong. */
export function matchesPassword(password: string, digest: PasswordDigest): boolean {
  const expected = Buffer.from(digest.hash, 'base64');
  const actual = hash(Buffer.from(digest.salt, 'base64'), password);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function hash(salt: Buffer, password: string): Buffer {
  return createHash('sha256').update(salt).update(password, 'utf8').digest();
}
