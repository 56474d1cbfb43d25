import type { Locator } from 'playwright-core';
import type { Client } from './client';
import { localPart } from './people';
import type { Story } from './stories';

/** An operator's day: the client in front of the operator, and what there is to do. */
export interface Day extends Story {
  readonly client: Client;
  /** Days pass for one of the links that wait at the customer. */
  leaveLinkUnopened(): Promise<void>;
}

export const upnOf = ({ staff }: Pick<Story, 'staff'>, name: string): string =>
  `${localPart(name)}@${staff.domain}`;

export function press(card: Locator, name: string): Promise<void> {
  return card.getByRole('button', { name, exact: true }).click();
}

export function fill(card: Locator, label: string, value: string): Promise<void> {
  return card.getByRole('textbox', { name: label, exact: true }).fill(value);
}

/** Types a command and answers the card with this heading. */
export async function ask({ client }: Day, text: string, heading: string): Promise<Locator> {
  await client.say(text);
  return client.card(heading);
}

/** Ticks the choice with `title` in the list with this label; one that is alone there has both as its name. */
export function tick(card: Locator, label: string, title: string): Promise<void> {
  const list = card.getByRole('group', { name: label, exact: true });
  const alone = card.getByRole('checkbox', { name: `${label} ${title}` });
  return list.getByRole('checkbox', { name: title }).or(alone).first().check();
}

/** Chooses by what is read, or by the value behind it. */
export async function choose(card: Locator, label: string, option: string): Promise<void> {
  await card.getByLabel(label, { exact: true }).selectOption(option);
}

/** Chooses in a list of which one types the beginning. */
export async function pickTyped(card: Locator, label: string, title: string): Promise<void> {
  const field = card.getByRole('combobox', { name: label, exact: true });
  await field.fill(title);
  await field.blur();
}

export async function expectIn(card: Locator, label: string, value: string): Promise<void> {
  expect(await card.getByRole('textbox', { name: label, exact: true }).inputValue()).toBe(value);
}
