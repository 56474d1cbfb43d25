import { noLetters, noParts } from './hand-overs-in-memory';
import { deriveToken, type HandOverRecord } from '../../src/domain/hand-over';
import type { ActiveUser } from '../../src/domain/user';
import { letterWithUserName, newLetter, type LetterRecord } from '../../src/domain/letter';
import { createHandOver } from '../../src/features/hand-over';
import { handOverReply, type HandOverView } from '../../src/features/hand-over-card';
import { customerOf } from '../../src/features/customer-view';
import type { Reply } from '../../src/features/feature';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  adam,
  contoso,
  extremeCustomer,
  extremeUsers,
  handOverOf,
  requestWith,
  sampleEntropy,
  sampleForm,
  sampleNow,
  zoe,
} from './sample-data';

const publicUrl = 'https://rollcall.partner.example';
const row = { customerId: contoso.id, row: '64b7f0c2a1b2c3d4e5f60731' };
const again = { ...row, from: zoe.id };
const sheet = { ...row, form: sampleForm };
const licenses = { customerId: contoso.id, userIds: zoe.id, below: true };

export async function handOverSamples(): Promise<CardSample[]> {
  const opened = { state: 'opened', openedAt: sampleNow } as const;
  return [
    { card: draw([zoe], { title: 'created', again, licenses }), as: 'created' },
    { card: draw([zoe], { title: 'created', again, sheet, licenses }), as: 'created, second in a row' },
    { card: draw([zoe, adam], { title: 'sheet' }), as: 'one sheet' },
    { card: draw([zoe], { title: 'reset' }), as: 'reset' },
    { card: draw([zoe, adam], { title: 'reset' }), as: 'reset for two' },
    { card: draw([zoe], { title: 'created', token: null }), as: 'waiting, link not shown' },
    { card: draw([zoe], { title: 'created' }, opened), as: 'opened' },
    { card: draw([zoe], { title: 'created' }, { expiresAt: sampleNow }), as: 'expired' },
    { card: draw([zoe], { title: 'created' }, { state: 'replaced' }), as: 'replaced' },
    { card: draw([zoe], letterTo({})), as: 'letter queued' },
    { card: draw([zoe], letterTo({ attempts: 3 })), as: 'letter tried again' },
    { card: draw([zoe], letterTo({ state: 'sent', endedAt: sampleNow })), as: 'letter sent' },
    ...(['recipient', 'sender', 'content'] as const).map((refusedBecause) => ({
      card: draw([zoe], letterTo({ state: 'refused', refusedBecause })),
      as: `letter refused because of the ${refusedBecause}`,
    })),
    { card: draw([zoe], letterTo({ state: 'given-up' })), as: 'letter given up' },
    { card: draw([zoe], letterTo({ state: 'not-allowed' })), as: 'letter not allowed any more' },
    ...(['queued', 'sent', 'refused', 'given-up', 'not-allowed', 'ended'] as const).map((state) => ({
      card: draw([zoe], letterTo({ state: 'sent', endedAt: sampleNow }, { state })),
      as: `letter sent, user name ${state}`,
    })),
    { card: draw([zoe], letterTo({}, { attempts: 1 })), as: 'letter queued, user name tried again' },
    { card: await mail(zoe), as: 'empty' },
    { card: await mail(zoe, zoe.userPrincipalName), as: 'to the account itself' },
    { card: await mail(zoe, 'zoe@home.example', 'my boss'), as: 'user name to no address' },
    { card: await mail(extremeUsers(1)[0] ?? zoe, 'x'.repeat(300)), as: 'too long', extreme: true },
    { card: longSheet(), as: 'a sheet for 200', extreme: true },
    { card: await ask([zoe]), as: 'one user' },
    { card: await ask([zoe, adam]), as: 'two users' },
    { card: await ask(extremeUsers(200)), as: '200 users', extreme: true },
    { card: { name: 'sheet-empty', data: customerOf(contoso) }, as: 'typical' },
    { card: { name: 'sheet-empty', data: customerOf(extremeCustomer) }, as: 'long name', extreme: true },
  ];
}

function draw(
  users: readonly ActiveUser[],
  view: Pick<HandOverView, 'title'> & Partial<HandOverView>,
  changes: Partial<HandOverRecord> = {},
): Card {
  const token = deriveToken(sampleForm);
  const usual = { customer: contoso, token, publicUrl, mayIssue: true, mails: true, letter: null };
  return handOverReply({ ...usual, users, record: handOverOf(users, changes), ...view }, sampleNow).card;
}

function longSheet(): Card {
  const users = extremeUsers(200);
  const longUrl = `https://${'rollcall.'.repeat(20)}example`;
  return draw(users, { title: 'sheet', customer: extremeCustomer, again, sheet, publicUrl: longUrl });
}

async function ask(users: readonly ActiveUser[]): Promise<Card> {
  const { handOver, frozen, customer } = handOverFor(users);
  return ((await handOver.ask(requestWith(frozen, { customer }))) as Reply).card;
}

/** The form that asks for an address; filled in and sent, with what is wrong. */
async function mail(user: ActiveUser, email?: string, userNameEmail = ''): Promise<Card> {
  const { handOver, frozen, customer } = handOverFor([user]);
  const sent = email === undefined ? frozen : { ...frozen, form: sampleForm };
  const request = requestWith(sent, {
    customer,
    values: email === undefined ? {} : { email, userNameEmail },
  });
  return ((await handOver.mail(request)) as Reply).card;
}

function letterTo(
  changes: Partial<LetterRecord>,
  userName?: Partial<LetterRecord>,
): Partial<HandOverView> & { readonly title: 'created' } {
  const wanted = { customerId: contoso.id, userId: zoe.id, handOverId: null, importId: null } as const;
  const by = { operator: 'web:ada', language: 'fr' } as const;
  const queued = newLetter({ ...wanted, ...by }, 'zoe@home.example', sampleNow, sampleEntropy);
  const beside = { ...letterWithUserName(queued, 'boss@partner.example'), ...userName };
  const letter = { ...queued, ...changes };
  return { title: 'created', letter, userName: userName ? beside : null };
}

function handOverFor(users: readonly ActiveUser[]) {
  const record = handOverOf(users);
  const handOver = createHandOver({
    directory: directoryWith({ findUsers: () => Promise.resolve(users) }),
    handOvers: {
      find: () => Promise.resolve(record),
      findByToken: () => Promise.resolve(record),
      inRow: () => Promise.resolve([record]),
      reveal: () => Promise.resolve(null),
      parts: noParts,
    },
    entropy: sampleEntropy,
    publicUrl,
    letters: noLetters,
    mails: true,
  });
  const customer = record.customerId === contoso.id ? contoso : extremeCustomer;
  const frozen = { customerId: customer.id, handOverId: record.id, title: 'created' } as const;
  return { handOver, frozen, customer };
}
