import type { Customer } from '../domain/customer';
import type { CardData } from '../ports/card';

/** Names the customer at the head of a card. */
export function customerOf(customer: Customer): { customer: CardData } {
  return {
    customer: { id: customer.id, name: customer.name, defaultDomain: customer.defaultDomain, change: [] },
  };
}

/** The same on a form, with **Change**: another customer is picked, then `command` starts anew for that one. */
export function changeableCustomerOf(customer: Customer, command: string): { customer: CardData } {
  const change = [{ frozen: { next: { command, text: '' } } }];
  return {
    customer: { id: customer.id, name: customer.name, defaultDomain: customer.defaultDomain, change },
  };
}
