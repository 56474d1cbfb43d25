import type { Customer } from '../../src/domain/customer';
import type { Operator } from '../../src/domain/operator';
import { restoreByOf } from '../../src/domain/retention';
import type { ActiveUser, DeletedUser } from '../../src/domain/user';
import type { Outcome, Request } from '../../src/features/feature';
import { createReminderActions } from '../../src/features/reminder-actions';
import { digestCard } from '../../src/features/reminder-digest';
import { createReminders } from '../../src/features/reminders';
import type { AuditRecord } from '../../src/ports/audit';
import type { Card } from '../../src/ports/card';
import type { LetGo, Reminders, Snooze, Subscription } from '../../src/ports/reminders';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import { subscriptionOf } from './reminders';
import {
  adam,
  contoso,
  extremeCustomer,
  extremeProducts,
  extremeUsers,
  hostileName,
  requestWith,
  sampleEntropy,
  sampleForm,
  sampleNow,
  zoe,
} from './sample-data';

const day = 24 * 60 * 60 * 1000;
const conversation = 'demo:web:ada';
const ada: Operator = { id: 'web:ada', partnerRole: 'admin_agent', customers: 'all' };

interface World {
  readonly deleted?: readonly DeletedUser[];
  readonly active?: readonly ActiveUser[];
  readonly letGo?: readonly LetGo[];
  readonly snoozes?: readonly Snooze[];
  readonly subscription?: Subscription | null;
  readonly customers?: readonly Customer[];
  readonly left?: number;
  /** Whoever subscribed; nobody unless told. */
  readonly operator?: Operator;
}

function lost(user: ActiveUser, days: number): DeletedUser {
  const deletedAt = new Date(sampleNow.getTime() - (30 - days) * day);
  return { ...user, deletedAt, deletedBy: 'web:ben', restoreBy: restoreByOf(deletedAt), deletion: 'a' };
}

function parts({
  deleted = [],
  active = [],
  letGo = [],
  snoozes = [],
  customers = [contoso],
  ...world
}: World) {
  const unused = (): never => {
    throw new Error('A sample stores nothing.');
  };
  const restored: AuditRecord = {
    id: 'a',
    at: sampleNow,
    operator: 'web:ben',
    action: 'restore_customer_user',
    target: '',
    customerId: contoso.id,
    outcome: 'success',
  };
  const reminders: Reminders = {
    letGoOf: () => Promise.resolve(letGo),
    snoozesIn: () => Promise.resolve(snoozes),
    undoLetGo: () => Promise.resolve({ kind: 'done' }),
    letGo: () => Promise.resolve({ kind: 'done' }),
    snooze: () => Promise.resolve({ kind: 'done' }),
    ...{ due: unused, begin: unused, sent: unused, refused: unused, digestsOf: unused },
  };
  return {
    directory: directoryWith({
      findDeletedUsers: (_, ids) => Promise.resolve(deleted.filter(({ id }) => ids.includes(id))),
      findUsers: (_, ids) => Promise.resolve(active.filter(({ id }) => ids.includes(id))),
      searchCustomers: () => Promise.resolve({ items: [...customers], previous: null, next: null }),
    }),
    reminders,
    people: { names: () => Promise.resolve(new Map([['web:ben', 'Ben Ortiz']])) },
    trail: { ofUser: () => Promise.resolve([restored]) },
    entropy: sampleEntropy,
    subscriptions: {
      find: () => Promise.resolve(world.subscription ?? null),
      save: () => Promise.resolve({ kind: 'saved' as const }),
      takeLeft: () => Promise.resolve(world.left ?? 0),
    },
    operators: { find: () => Promise.resolve(world.operator ?? null) },
    days: [7, 3, 1],
    changed: () => Promise.resolve(),
    deletedUsers: { page: unused },
    restoreUser: { ask: unused },
  };
}

function cardOf(outcome: Outcome): Card {
  if ('card' in outcome) return outcome.card;
  throw new Error('A sample was refused.');
}

export async function reminderSamples(): Promise<CardSample[]> {
  return [...(await formSamples()), ...(await digestSamples()), ...(await actionSamples())];
}

async function formSamples(): Promise<CardSample[]> {
  const about = { conversation, kind: 'personal' } as const;
  const open = async (world: World, changes: Partial<Request> = {}) =>
    cardOf(await createReminders(parts(world)).open(requestWith(undefined, changes)));
  const save = async (
    world: World,
    values: Record<string, string>,
    kind: 'personal' | 'channel' = 'personal',
  ) => {
    const frozen = { form: sampleForm, ...about, kind };
    return cardOf(await createReminders(parts(world)).save(requestWith(frozen, { values })));
  };
  const good = {
    enabled: 'true',
    customers: 'all',
    days: '7, 3, 1',
    hour: '8',
    timeZone: 'Europe/Paris',
    language: 'en',
  };
  const channel = { id: 'teams:a', kind: 'channel' } as const;
  return [
    { card: await open({}), as: 'never asked' },
    {
      card: await open({ subscription: subscriptionOf({ enabled: false }) }, { conversation: channel }),
      as: 'channel',
    },
    { card: await open({ left: 2 }), as: 'conversations left' },
    {
      card: await open({
        subscription: subscriptionOf({
          customers: Array.from({ length: 60 }, (_, place) => `${contoso.id}-${place}`),
        }),
      }),
      as: 'nothing is sent, and not all can be ticked',
    },
    { card: await save({}, { ...good, customers: '', days: 'soon', timeZone: hostileName }), as: 'faulty' },
    {
      card: await open({
        customers: [extremeCustomer],
        subscription: subscriptionOf({ customers: [extremeCustomer.id] }),
        operator: ada,
      }),
      as: 'long names',
      extreme: true,
    },
    { card: await save({}, good), as: 'typical' },
    { card: await save({}, { ...good, customers: contoso.id }, 'channel'), as: 'one customer in a channel' },
    { card: await save({}, { ...good, enabled: 'false' }), as: 'off' },
  ];
}

async function digestSamples(): Promise<CardSample[]> {
  const draw = async (world: World, users: readonly ActiveUser[], customer: Customer, repeat = false) => {
    const drawn = await digestCard(
      {
        ...{
          customer,
          conversation,
          userIds: users.map(({ id }) => id),
          repeat,
          mayRestore: true,
          now: sampleNow,
        },
        clocks: { hour: 8, timeZone: 'UTC' },
      },
      parts(world),
    );
    if (!drawn) throw new Error('A digest of nobody.');
    return drawn.card;
  };
  const three: ActiveUser = { ...zoe, id: '64b7f0c2a1b2c3d4e5f60799', displayName: 'Mei Lee' };
  const all = [lost(adam, 0.1), lost(three, 3)];
  const letGo = { userId: three.id, deletion: 'a', by: 'web:ben', at: sampleNow, reason: 'Left the company' };
  const snooze = { userId: adam.id, deletion: 'a', conversation, until: '2099-01-01', by: 'web:ben' };
  const extremes = extremeUsers(50).map((user) =>
    lost({ ...user, licenses: extremeProducts.slice(0, 12).map(({ skuPartNumber }) => skuPartNumber) }, 1),
  );
  return [
    { card: await draw({ deleted: all }, all, contoso), as: 'two users' },
    {
      card: await draw(
        { deleted: all, active: [zoe], letGo: [letGo], snoozes: [snooze] },
        [...all, zoe],
        contoso,
        true,
      ),
      as: 'acted on, a repeat',
    },
    { card: await draw({ deleted: extremes }, extremes, extremeCustomer), as: '50 users', extreme: true },
  ];
}

async function actionSamples(): Promise<CardSample[]> {
  const user = lost(adam, 3);
  const target = { customerId: contoso.id, userId: user.id, conversation };
  const pressed = { deleted: [user] };
  const actions = (world: World) => createReminderActions(parts(world));
  const letGo = { userId: user.id, deletion: 'a', by: 'web:ben', at: sampleNow, reason: hostileName };
  const submit = { ...target, form: sampleForm };
  const longReason = { values: { reason: 'x\u0007' } };
  return [
    { card: cardOf(await actions(pressed).letGo(requestWith(target))), as: 'typical' },
    { card: cardOf(await actions(pressed).letGo(requestWith(submit, longReason))), as: 'faulty' },
    { card: cardOf(await actions(pressed).snooze(requestWith(target))), as: 'typical' },
    {
      card: cardOf(await actions(pressed).snooze(requestWith(submit, { values: { until: '2001-01-01' } }))),
      as: 'faulty',
    },
    { card: cardOf(await actions({ ...pressed, letGo: [letGo] }).letGo(requestWith(target))), as: 'let go' },
    { card: cardOf(await actions(pressed).snooze(requestWith(submit))), as: 'snoozed' },
    { card: cardOf(await actions({ active: [adam] }).letGo(requestWith(target))), as: 'restored' },
  ];
}
