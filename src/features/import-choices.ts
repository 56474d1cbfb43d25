import { productName } from '../domain/license';
import { splitValues } from '../domain/text';
import { word, type CardData } from '../ports/card';
import { languages } from '../ports/chat';
import type { SeatsNeeded } from '../ports/import-dry-run';
import type { ImportChoiceField, ImportRecord } from '../ports/imports';
import { choiceTitle, languageChoices, limitChoices } from './choices';

export const choiceFields: readonly ImportChoiceField[] = ['usageLocation', 'licenses', 'assign', 'remove'];

/** The locations take half of the card, and the rows of the file need some, too. */
const room = { entries: 20, characters: 700 };

/** What can be chosen for rows that name none, and for a file of names alone; each none or one. */
export function choicesData(
  record: ImportRecord,
  form: string,
  values: Readonly<Record<string, string>>,
): CardData {
  const { content, dryRun } = record;
  const { ready, withoutLocation, withoutLicenses, needLocation } = dryRun;
  const forUsers = content === 'users' && ready > 0 && withoutLicenses > 0;
  const forNames = content === 'names' && ready > 0;
  const find = values.find ?? '';
  const list = (field: ImportChoiceField): Products => productsOf(record, values[field] ?? '', find);
  const lists: Partial<Record<ImportChoiceField, Products>> = {
    ...(forUsers ? { licenses: list('licenses') } : {}),
    ...(forNames ? { assign: list('assign'), remove: list('remove') } : {}),
  };
  const part = (field: ImportChoiceField): CardData[] => {
    const { choices = [] } = lists[field] ?? {};
    const label = word(`import-checked.choose.${field}`, { count: withoutLicenses });
    return choices.length > 0 ? [{ label, choices }] : [];
  };
  const frozen = { customerId: record.customerId ?? '', importId: record.id, form };
  return {
    search: Object.values(lists).some(({ more }) => more) ? [{ frozen }] : [],
    values: { ...Object.fromEntries(choiceFields.map((field) => [field, values[field] ?? ''])), find },
    location:
      ready > 0 && withoutLocation > 0
        ? [
            {
              label: word(`import-checked.choose.${needLocation > 0 ? 'locationNeeded' : 'location'}`, {
                count: needLocation > 0 ? needLocation : withoutLocation,
              }),
              needed: needLocation > 0,
            },
          ]
        : [],
    licenses: part('licenses'),
    assign: part('assign'),
    remove: part('remove'),
    language: languageData(record, values.language ?? ''),
  };
}

/** Of the letters, where there are any. */
function languageData({ letters, dryRun }: ImportRecord, chosen: string): CardData[] {
  if (letters === null || !(dryRun.withEmail > 0)) return [];
  const value = languages.find((one) => one === chosen) ?? letters;
  return [{ label: word('import-checked.choose.language'), value, choices: languageChoices }];
}

interface Products {
  readonly choices: readonly CardData[];
  readonly more: boolean;
}

/** Products that every customer of the file has, those with free seats first. */
function productsOf({ dryRun }: ImportRecord, ticked: string, find: string): Products {
  const chosen = splitValues(ticked);
  const bySku = new Map<string, SeatsNeeded[]>();
  for (const one of dryRun.seats) {
    bySku.set(one.skuPartNumber, [...(bySku.get(one.skuPartNumber) ?? []), one]);
  }
  const shared = [...bySku].filter(([, seats]) => seats.length === dryRun.customers.length).map(freeOf);
  const sorted = shared.sort((one, other) => Number(other.free > 0) - Number(one.free > 0));
  const { shown, more } = limitChoices(sorted, {
    text: ({ sku }) => `${productName(sku)} ${sku}`,
    chosen: ({ sku }) => chosen.includes(sku),
    find,
    room,
  });
  return {
    more,
    choices: shown.map(({ sku, free }) => ({
      title: word('import-checked.product', { product: choiceTitle(productName(sku)), count: free }),
      value: sku,
    })),
  };
}

/** What is left of a product once the rows have theirs, for all customers of the file together. */
function freeOf([sku, seats]: readonly [string, readonly SeatsNeeded[]]): { sku: string; free: number } {
  return { sku, free: seats.reduce((sum, { free, needed }) => sum + Math.max(0, free - needed), 0) };
}
