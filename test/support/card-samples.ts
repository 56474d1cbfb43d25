import { contoso, extremeCustomer, hostileName, requestWith } from './sample-data';
import { addUserSamples } from './card-samples-add-user';
import { auditSamples } from './card-samples-audit';
import { customersSamples } from './card-samples-customers';
import { deletedSamples } from './card-samples-deleted';
import { editUserSamples } from './card-samples-edit-user';
import { handOverSamples } from './card-samples-hand-over';
import { homeSamples } from './card-samples-home';
import { importSamples } from './card-samples-import';
import { usersSamples } from './card-samples-users';
import { licensesSamples } from './card-samples-licenses';
import { operatorsSamples } from './card-samples-operators';
import { reminderSamples } from './card-samples-reminders';
import { summarySamples } from './card-samples-summary';
import { templatesSamples } from './card-samples-templates';
import { notices } from '../../src/chat/notices';
import { partnerRoles } from '../../src/domain/permission';
import { createHelp } from '../../src/features/help';
import { userGone } from '../../src/features/user-gone';
import type { Card } from '../../src/ports/card';

/** One card with data as a feature makes it. */
export interface CardSample {
  readonly card: Card;
  /** What is special here, for the name of a test and of a picture. */
  readonly as: string;
  /** Not a card that people meet every day: the longest names, the fullest lists. */
  readonly extreme?: true;
}

/** Parts that are not cards of their own, each in every card whose data has what it shows. */
export const cardParts: Readonly<Record<string, string>> = { 'customer-header': 'customer' };

/** Every card of `cards/`, with typical and with extreme data, made by the features themselves. */
export async function cardSamples(): Promise<readonly CardSample[]> {
  return [
    ...helpSamples(),
    ...(await homeSamples()),
    ...(await customersSamples()),
    ...addUserSamples(),
    ...(await editUserSamples()),
    ...templatesSamples(),
    ...(await deletedSamples()),
    ...(await handOverSamples()),
    ...(await licensesSamples()),
    ...(await usersSamples()),
    ...importSamples(),
    ...(await auditSamples()),
    ...(await operatorsSamples()),
    ...(await reminderSamples()),
    ...(await summarySamples()),
    ...noticeSamples(),
  ];
}

function helpSamples(): CardSample[] {
  const help = createHelp();
  const open = (kind: 'personal' | 'group' | 'channel', prefix: string): Card =>
    help.open(requestWith(undefined, { conversation: { id: 'teams:a', kind }, prefix })).card;
  return [
    { card: open('personal', ''), as: 'personal' },
    { card: open('group', '@Rollcall '), as: 'group' },
    { card: open('channel', '@Rollcall '), as: 'channel' },
    { card: open('channel', `@${hostileName} `), as: 'long bot name', extreme: true },
  ];
}

function noticeSamples(): CardSample[] {
  const nearest = { command: 'add-user', verb: 'add-user.open' };
  return [
    { card: userGone(contoso).card, as: 'typical' },
    { card: userGone(extremeCustomer).card, as: 'long name', extreme: true },
    { card: notices.notAnOperator('teams:0f8fad5b-d9cb-469f-a165-70867728950e').card, as: 'typical' },
    { card: notices.notAnOperator(`slack:${hostileName}`).card, as: 'long id', extreme: true },
    { card: notices.denied(['user_management_admin', 'admin_agent', 'global_admin']).card, as: 'typical' },
    { card: notices.denied(partnerRoles).card, as: 'all roles', extreme: true },
    { card: notices.customerNotYours().card, as: 'typical' },
    { card: notices.stale().card, as: 'typical' },
    { card: notices.unknownCommand('/add-usr', nearest, '').card, as: 'near' },
    { card: notices.unknownCommand(null, nearest, '@Rollcall ').card, as: 'near in a group' },
    { card: notices.unknownCommand('/frobnicate', null, '').card, as: 'nothing near' },
    { card: notices.unknownCommand(hostileName.repeat(100), nearest, '').card, as: 'long', extreme: true },
    { card: notices.storageAway(false).card, as: 'typical' },
    { card: notices.storageAway(true).card, as: 'typical' },
    { card: notices.unexpected('9f2c41d07b').card, as: 'typical' },
  ];
}
