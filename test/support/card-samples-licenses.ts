import { noLetters, noParts } from './hand-overs-in-memory';
import type { LicenseChange } from '../../src/domain/license-change';
import { decideLicenses } from '../../src/domain/license-change';
import { offerLicenses } from '../../src/domain/license-choice';
import { availableSeats, type Subscription } from '../../src/domain/license';
import type { ActiveUser } from '../../src/domain/user';
import type { Reply } from '../../src/features/feature';
import { licensesForm } from '../../src/features/licenses-form';
import { licensesSavedCard, readOutcome, storeOutcome } from '../../src/features/licenses-result';
import { createResetPassword } from '../../src/features/reset-password';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  adam,
  contoso,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  extremeUsers,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
  zoe,
} from './sample-data';

const bare: ActiveUser = {
  ...zoe,
  id: '64b7f0c2a1b2c3d4e5f60722',
  userPrincipalName: 'li.wei@contoso.example',
  displayName: 'Li Wei',
  usageLocation: '',
  licenses: [],
};
const extreme = extremeUsers(50).map((user, place) => ({
  ...user,
  usageLocation: '',
  licenses: many(10, (one) => extremeProducts[place + one]!.skuPartNumber),
}));
const someProducts: readonly Subscription[] = many(70, (place) => ({
  skuPartNumber: `PRODUCT_${String(place)}`,
  total: 50,
  consumed: place,
}));

export async function licensesSamples(): Promise<CardSample[]> {
  return [
    { card: form([zoe], contosoProducts), as: 'one user' },
    { card: form([zoe, adam, bare], contosoProducts), as: 'three users, one without a location' },
    { card: faulty(), as: 'with faults' },
    { card: form([zoe, adam], someProducts, { find: 'product' }), as: 'many products' },
    { card: form([bare], []), as: 'no products' },
    { card: form(extreme, extremeProducts), as: '50 users, 500 products', extreme: true },
    { card: saved([zoe], { assign: ['EMS'], remove: ['ENTERPRISEPACK'] }), as: 'one user' },
    { card: saved([zoe, adam, bare], { assign: ['POWER_BI_PRO'] }), as: 'a seat for one of three' },
    { card: saved([zoe, adam], { assign: ['Microsoft_365_Copilot'] }), as: 'no seat at all' },
    { card: saved([zoe, adam], { remove: ['EMS'] }), as: 'nothing to change' },
    { card: savedExtreme(), as: '50 users without a seat', extreme: true },
    { card: await ask([zoe]), as: 'one user' },
    { card: await ask([zoe, adam]), as: 'two users' },
    { card: await ask(extremeUsers(50)), as: '50 users', extreme: true },
  ];
}

function form(
  users: readonly ActiveUser[],
  products: readonly Subscription[],
  values: Readonly<Record<string, string>> = {},
): Card {
  const customer = users[0]?.customerId === contoso.id ? contoso : extremeCustomer;
  const offer = offerLicenses(users, products);
  return licensesForm(requestWith(undefined, { customer }), {
    ...{ users, offer, form: sampleForm, values, faults: [] },
  });
}

function faulty(): Card {
  const users = [zoe, bare];
  const values = { assign: 'ENTERPRISEPACK,EMS', remove: 'ENTERPRISEPACK' };
  return licensesForm(requestWith(undefined), {
    ...{ users, values, form: sampleForm, offer: offerLicenses(users, contosoProducts) },
    faults: [
      { field: 'usageLocation', reason: 'location-needed-for-license' },
      { field: 'remove', reason: 'given-and-taken', names: ['Office 365 E3'] },
    ],
  });
}

function saved(
  users: readonly ActiveUser[],
  change: Partial<LicenseChange>,
  products: readonly Subscription[] = contosoProducts,
): Card {
  const free = new Map(products.map((one) => [one.skuPartNumber, availableSeats(one)]));
  const wanted = { assign: [], remove: [], usageLocation: 'FR', ...change };
  const outcome = readOutcome(storeOutcome(decideLicenses(users, wanted, free)));
  return licensesSavedCard(users[0]?.customerId === contoso.id ? contoso : extremeCustomer, users, outcome);
}

function savedExtreme(): Card {
  const assign = extremeProducts.slice(100, 110).map(({ skuPartNumber }) => skuPartNumber);
  const remove = extremeProducts.slice(0, 90).map(({ skuPartNumber }) => skuPartNumber);
  return saved(extreme, { assign, remove }, []);
}

async function ask(users: readonly ActiveUser[]): Promise<Card> {
  const refuse = () => Promise.reject(new Error('No hand-over is asked for.'));
  const resetPassword = createResetPassword({
    directory: directoryWith({
      findUsers: () => Promise.resolve(users),
      foreignUsers: () => Promise.resolve([]),
    }),
    handOvers: { find: refuse, findByToken: refuse, inRow: refuse, reveal: refuse, parts: noParts },
    entropy: sampleEntropy,
    publicUrl: 'https://rollcall.partner.example',
    letters: noLetters,
    mails: false,
  });
  const customer = users[0]?.customerId === contoso.id ? contoso : extremeCustomer;
  const frozen = { customerId: customer.id, userIds: users.map(({ id }) => id).join(',') };
  return ((await resetPassword.ask(requestWith(frozen, { customer }))) as Reply).card;
}
