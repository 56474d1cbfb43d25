import type { Fault } from '../domain/fault';
import { checkMailAddress } from '../domain/mail-address';
import { tidyText } from '../domain/text';
import { upnKey } from '../domain/upn';
import type { ActiveUser } from '../domain/user';
import { languages, type Language } from '../ports/chat';
import { accountsOf } from './accounts-view';
import { languageChoices } from './choices';
import { customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest, Reply } from './feature';
import type { HandOverTitle } from './hand-over-card';

/** The hand-over card that the form was opened from. */
interface Target {
  readonly customerId: string;
  readonly handOverId: string;
  readonly title: HandOverTitle;
  readonly token?: string | undefined;
  readonly letterId?: string | undefined;
}

interface Drawn {
  /** Good for one letter. */
  readonly form: string;
  readonly faults: readonly Fault[];
}

/** Characters; the card repeats what was typed. */
const longestTyped = 256;

/** Without the link: the card that comes next shows it no longer. */
export function targetOf({ customerId, handOverId, title }: Target): Target {
  return { customerId, handOverId, title };
}

/** Asks where a letter shall go, and in which language. */
export function letterForm(
  request: CustomerRequest<Target & { readonly form?: string | undefined }>,
  user: ActiveUser,
  { form, faults }: Drawn,
): Reply {
  const { form: _, ...target } = request.frozen;
  const data = {
    ...customerOf(request.customer),
    ...accountsOf([user]),
    values: {
      email: typedIn(request, 'email'),
      userNameEmail: typedIn(request, 'userNameEmail'),
      language: languageIn(request),
    },
    languages: languageChoices,
    faults: faultsByField(['email', 'userNameEmail'], faults),
    faulty: faults.length > 0,
    send: { ...target, form },
    cancel: target,
  };
  return {
    audience: 'operator',
    card: { name: 'hand-over-mail', data, again: { verb: 'hand-over.mail', frozen: target } },
  };
}

interface Filled {
  /** Where the link goes. */
  readonly email: string;
  /** Where the user name goes, in a letter of its own; null where there is none, or it would be in the same mailbox. */
  readonly userNameEmail: string | null;
  readonly language: Language;
}

/** The letter as it was asked for, or what is wrong. */
export function readLetterForm(
  request: CustomerRequest,
  user: ActiveUser,
): Filled | { readonly faults: readonly Fault[] } {
  const { email, userNameEmail: typed = '' } = request.values;
  const link = checkAddress(email, 'email', user);
  const name = tidyText(typed) === '' ? null : checkAddress(typed, 'userNameEmail', user);
  const faults = [link, name].flatMap((one) => (one && 'fault' in one ? [one.fault] : []));
  if ('fault' in link || (name && 'fault' in name)) return { faults };
  const userNameEmail = name && !isSameAddress(name.address, link.address) ? name.address : null;
  return { email: link.address, userNameEmail, language: languageIn(request) };
}

/** The mailbox of the account itself does not open without the very password. */
function checkAddress(
  typed: string | undefined,
  field: 'email' | 'userNameEmail',
  { userPrincipalName }: ActiveUser,
): { readonly address: string } | { readonly fault: Fault } {
  const checked = checkMailAddress(typed);
  if ('fault' in checked) return { fault: { ...checked.fault, field } };
  return isSameAddress(checked.address, userPrincipalName)
    ? { fault: { field, reason: 'own-address' } }
    : checked;
}

function isSameAddress(one: string, other: string): boolean {
  return upnKey(one) === upnKey(other);
}

function typedIn({ values }: CustomerRequest, field: string): string {
  return (values[field] ?? '').slice(0, longestTyped);
}

function languageIn({ values, locale }: CustomerRequest): Language {
  return languages.find((one) => one === values['language']) ?? locale.language;
}
