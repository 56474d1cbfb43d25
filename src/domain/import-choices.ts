import type { Fault } from './fault';
import { namesForReading } from './fault';
import { withinCustomer } from './import-batch';
import { spelledAs } from './import-user';
import { productName } from './license';
import { isLocation } from './location';
import { splitValues, tidyText } from './text';

export type ImportChoiceField = 'usageLocation' | 'licenses' | 'assign' | 'remove';
type ChoiceFault = Fault<ImportChoiceField>;

/** What was chosen for the rows of a file before its start. */
export interface Chosen {
  readonly usageLocation: string;
  readonly licenses: readonly string[];
  readonly assign: readonly string[];
  readonly remove: readonly string[];
}

/** What the choices depend on. */
export interface ChoiceFacts {
  readonly content: 'users' | 'licenses' | 'names';
  /** Rows that name licenses and no location; rows that name neither; users without a location. */
  readonly needLocation: number;
  readonly withNeither: number;
  readonly withoutLocation: number;
  readonly customers: readonly {
    readonly customerId: string;
    readonly ready: number;
    readonly withoutLicenses: number;
  }[];
  /** Of every product of these customers: free seats that the rows leave. */
  readonly left: readonly {
    readonly customerId: string;
    readonly skuPartNumber: string;
    readonly seats: number;
  }[];
}

/** Reads what was chosen; every fault is reported, in the order of the form. */
export function checkImportChoices(
  values: Readonly<Record<string, string>>,
  facts: ChoiceFacts,
): { readonly choices: Chosen; readonly faults: readonly ChoiceFault[] } {
  const products = [...new Set(facts.left.map((one) => one.skuPartNumber))];
  const read = (field: 'licenses' | 'assign' | 'remove', of: ChoiceFacts['content']) =>
    facts.content === of ? spelledAs(products, splitValues(values[field])) : [];
  const choices = {
    usageLocation: tidyText(values['usageLocation']).toUpperCase(),
    licenses: read('licenses', 'users'),
    assign: read('assign', 'names'),
    remove: read('remove', 'names'),
  };
  const faults = [
    ...checkLocation(choices, facts),
    ...checkLicenses(choices.licenses, facts),
    ...(facts.content === 'names' ? checkProducts(choices, facts) : []),
  ];
  return { choices, faults };
}

function checkLocation(
  { usageLocation, licenses, assign }: Chosen,
  { needLocation, withNeither, withoutLocation }: ChoiceFacts,
): ChoiceFault[] {
  if (usageLocation !== '')
    return isLocation(usageLocation) ? [] : [{ field: 'usageLocation', reason: 'unknown-location' }];
  const needed =
    needLocation > 0 ||
    (licenses.length > 0 && withNeither > 0) ||
    (assign.length > 0 && withoutLocation > 0);
  return needed ? [{ field: 'usageLocation', reason: 'location-needed-for-license' }] : [];
}

/** Rows that name none get all of them, or the file must not be started: nobody is left without a seat. */
function checkLicenses(licenses: readonly string[], { customers, left }: ChoiceFacts): ChoiceFault[] {
  const asking = customers.filter(({ withoutLicenses }) => withoutLicenses > 0);
  const seats = new Map(left.map((one) => [withinCustomer(one.customerId, one.skuPartNumber), one.seats]));
  const seatsOf = (customerId: string, sku: string) => seats.get(withinCustomer(customerId, sku));
  const unknown = licenses.filter((sku) =>
    asking.some(({ customerId }) => seatsOf(customerId, sku) === undefined),
  );
  const scarce = licenses.filter(
    (sku) =>
      !unknown.includes(sku) &&
      asking.some(({ customerId, withoutLicenses }) => (seatsOf(customerId, sku) ?? 0) < withoutLicenses),
  );
  return [
    ...naming('licenses', 'unknown-license', unknown),
    ...naming('licenses', 'no-seats', scarce.map(productName)),
  ];
}

/** A product to take need not be the customer's any longer. */
function checkProducts({ assign, remove }: Chosen, { customers, left }: ChoiceFacts): ChoiceFault[] {
  const known = new Set(left.map((one) => withinCustomer(one.customerId, one.skuPartNumber)));
  const has = (customerId: string, sku: string) => known.has(withinCustomer(customerId, sku));
  const unknown = assign.filter((sku) =>
    customers.some(({ customerId, ready }) => ready > 0 && !has(customerId, sku)),
  );
  return [
    ...(assign.length + remove.length === 0
      ? [{ field: 'assign', reason: 'nothing-chosen' } as const]
      : naming('assign', 'unknown-license', unknown)),
    ...naming('remove', 'given-and-taken', remove.filter((sku) => assign.includes(sku)).map(productName)),
  ];
}

function naming(
  field: ImportChoiceField,
  reason: ChoiceFault['reason'],
  names: readonly string[],
): ChoiceFault[] {
  return names.length > 0 ? [{ field, reason, names: namesForReading(names) }] : [];
}
