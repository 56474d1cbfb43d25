import type { Fault, FaultReason } from '../../src/domain/fault';
import { namesForReading } from '../../src/domain/fault';
import { directoryRoles } from '../../src/domain/role';
import { checkNewUser } from '../../src/domain/user';
import { addUserForm, valuesKeptFrom } from '../../src/features/add-user-form';
import type { CustomerRequest } from '../../src/features/feature';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import {
  contoso,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  hostileName,
  many,
  requestWith,
  rightToLeftName,
  sampleForm,
  userManagementAdmin,
  zoe,
} from './sample-data';

type Values = Readonly<Record<string, string>>;
const form = sampleForm;
const row = '64b7f0c2a1b2c3d4e5f60731';

export function addUserSamples(): CardSample[] {
  return [
    { card: fresh(), as: 'typical' },
    { card: faulty(), as: 'faulty' },
    {
      card: draw({ values: valuesKeptFrom({ ...zoe, roles: ['User Administrator'] }) }),
      as: 'second in a row',
    },
    { card: draw({ products: [], operator: userManagementAdmin }), as: 'no licenses, no roles' },
    { card: draw({ values: namesOf(rightToLeftName) }), as: 'right to left', extreme: true },
    { card: full({}, []), as: '500 licenses', extreme: true },
    { card: full(extremeValues, everyFault()), as: 'all at once', extreme: true },
  ];
}

interface Drawn {
  readonly values?: Values;
  readonly faults?: readonly Fault[];
  readonly products?: Parameters<typeof addUserForm>[1];
  readonly operator?: CustomerRequest['operator'];
  readonly customer?: CustomerRequest['customer'];
}

function draw({ values = {}, faults = [], products = contosoProducts, ...changes }: Drawn): Card {
  return addUserForm(requestWith(undefined, changes), products, { form, row, values, faults });
}

function fresh(): Card {
  return draw({});
}

/** As it comes back when the names are missing, the user name is wrong, and a license is ticked. */
function faulty(): Card {
  const values = { username: 'zoé.', domain: contoso.defaultDomain, licenses: 'ENTERPRISEPACK' };
  const checked = checkNewUser(values, {
    domains: contoso.domains,
    skuPartNumbers: contosoProducts.map(({ skuPartNumber }) => skuPartNumber),
    mayAssignRoles: true,
  });
  return draw({ values, faults: checked.ok ? [] : checked.faults });
}

function full(values: Values, faults: readonly Fault[]): Card {
  return draw({ values, faults, products: extremeProducts, customer: extremeCustomer });
}

function namesOf(name: string): Values {
  return { givenName: name, surname: name, displayName: `${name} ${name}`, jobTitle: name, department: name };
}

const extremeValues: Values = {
  givenName: hostileName.slice(0, 64),
  surname: hostileName.slice(0, 64),
  displayName: hostileName,
  username: hostileName.slice(0, 113),
  domain: extremeCustomer.domains[499]!,
  usageLocation: 'FR',
  jobTitle: hostileName.slice(0, 128),
  department: hostileName.slice(0, 64),
  licenses: extremeProducts
    .slice(400, 410)
    .map(({ skuPartNumber }) => skuPartNumber)
    .join(','),
  roles: directoryRoles.join(','),
  find: 'product',
};

/** One for each field, with the longest sentences. */
function everyFault(): Fault[] {
  const names = namesForReading(many(20, () => hostileName));
  const reasons: Readonly<Record<string, FaultReason>> = {
    givenName: 'control-characters',
    surname: 'too-long',
    displayName: 'required',
    username: 'other-domain',
    domain: 'unknown-domain',
    usageLocation: 'location-needed-for-license',
    jobTitle: 'too-long',
    department: 'control-characters',
    licenses: 'unknown-license',
    roles: 'unknown-role',
  };
  return Object.entries(reasons).map(([field, reason]) => ({ field, reason, names, limit: 256 }));
}
