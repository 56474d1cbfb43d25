import type { Fault } from '../domain/fault';
import { checkMailAddress } from '../domain/mail-address';
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
    values: { email: (request.values['email'] ?? '').slice(0, longestTyped), language: languageIn(request) },
    languages: languageChoices,
    faults: faultsByField(['email'], faults),
    faulty: faults.length > 0,
    send: { ...target, form },
    cancel: target,
  };
  return {
    audience: 'operator',
    card: { name: 'hand-over-mail', data, again: { verb: 'hand-over.mail', frozen: target } },
  };
}

/** The letter as it was asked for, or what is wrong. */
export function readLetterForm(
  request: CustomerRequest,
  user: ActiveUser,
): { readonly email: string; readonly language: Language } | { readonly faults: readonly Fault[] } {
  const checked = checkMailAddress(request.values['email']);
  if ('fault' in checked) return { faults: [checked.fault] };
  // Its mailbox does not open without the very password.
  if (upnKey(checked.address) === upnKey(user.userPrincipalName))
    return { faults: [{ field: 'email', reason: 'own-address' }] };
  return { email: checked.address, language: languageIn(request) };
}

function languageIn({ values, locale }: CustomerRequest): Language {
  return languages.find((one) => one === values['language']) ?? locale.language;
}
