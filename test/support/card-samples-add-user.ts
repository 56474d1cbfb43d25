import type { Fault, FaultReason } from '../../src/domain/fault';
import { namesForReading } from '../../src/domain/fault';
import { directoryRoles } from '../../src/domain/role';
import { checkNewUser } from '../../src/domain/user';
import { takeOver } from '../../src/domain/starting-point';
import { addUserForm, valuesKeptFrom, type AddUserForm, type Offer } from '../../src/features/add-user-form';
import { takenOverLines } from '../../src/features/add-user-start';
import type { CustomerRequest } from '../../src/features/feature';
import type { Card } from '../../src/ports/card';
import type { Template } from '../../src/ports/templates';
import type { CardSample } from './card-samples';
import {
  contoso,
  adam,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  extremeUsers,
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
    { card: fromTemplate(), as: 'from a template' },
    {
      card: draw({ users: { items: [adam, zoe], previous: null, next: 'x' }, values: { givenName: 'Zoé' } }),
      as: 'copying',
    },
    {
      card: draw({ users: { items: [], previous: null, next: null }, values: { find: 'zz' } }),
      as: 'copying from nobody',
    },
    { card: draw({ values: namesOf(rightToLeftName) }), as: 'right to left', extreme: true },
    { card: full({}, []), as: '500 licenses', extreme: true },
    { card: full(extremeValues, everyFault()), as: 'all at once', extreme: true },
    {
      card: full({ ...extremeValues, find: '' }, [{ field: 'copyFrom', reason: 'gone' }], {
        users: { items: extremeUsers(60), previous: null, next: 'x' },
      }),
      as: 'copying among many',
      extreme: true,
    },
    {
      card: full(extremeValues, [], { took: takenOverLines(hostileName, extremeTaken) }),
      as: 'little taken over',
      extreme: true,
    },
  ];
}

interface Drawn extends Partial<Pick<Offer, 'templates' | 'users'> & Pick<AddUserForm, 'took'>> {
  readonly values?: Values;
  readonly faults?: readonly Fault[];
  readonly products?: Offer['subscriptions'];
  readonly operator?: CustomerRequest['operator'];
  readonly customer?: CustomerRequest['customer'];
}

function draw({
  values = {},
  faults = [],
  took = [],
  products = contosoProducts,
  templates = [],
  users = null,
  ...changes
}: Drawn): Card {
  const offer = { subscriptions: products, templates, users };
  return addUserForm(requestWith(undefined, changes), offer, { form, row, values, faults, took });
}

/** As it looks when a template was used whose products are not all to be had. */
function fromTemplate(): Card {
  const template = bakeryTemplates[0]!;
  const taken = takeOver(
    template,
    { template: template.id },
    { subscriptions: contosoProducts, mayAssignRoles: true },
  );
  const took = takenOverLines(template.name, taken);
  return draw({ templates: bakeryTemplates, values: taken.values, took });
}

const extremeTaken = {
  values: {},
  withoutSeat: extremeProducts.map(({ skuPartNumber }) => skuPartNumber),
  notOffered: extremeProducts.map(({ skuPartNumber }) => skuPartNumber),
  notAllowed: directoryRoles,
};

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

function full(values: Values, faults: readonly Fault[], more: Drawn = {}): Card {
  const templates = extremeTemplates;
  return draw({ values, faults, products: extremeProducts, customer: extremeCustomer, templates, ...more });
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

export const bakeryTemplates: readonly Template[] = ['Baker', 'Shop assistant', 'Shop manager'].map(
  (name, place) => ({
    id: `64b7f0c2a1b2c3d4e5f6074${place}`,
    customerId: contoso.id,
    name,
    usageLocation: 'DE',
    department: 'Shops',
    roles: place === 2 ? ['User Administrator', 'Reports Reader'] : [],
    licenses: ['ENTERPRISEPACK', 'Microsoft_365_Copilot', 'VISIOCLIENT'].slice(0, place === 1 ? 1 : 3),
  }),
);
export const extremeTemplates: readonly Template[] = many(50, (place) => ({
  id: `64b7f0c2a1b2c3d4e5f608${String(place).padStart(2, '0')}`,
  customerId: extremeCustomer.id,
  name: `${String(place).padStart(2, '0')} ${hostileName}`.slice(0, 64),
  usageLocation: 'GS',
  department: hostileName.slice(0, 64),
  roles: directoryRoles,
  licenses: extremeProducts.map(({ skuPartNumber }) => skuPartNumber),
}));

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
    template: 'required',
  };
  return Object.entries(reasons).map(([field, reason]) => ({ field, reason, names, limit: 256 }));
}
