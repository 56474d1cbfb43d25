import type { ClientSession, Connection } from 'mongoose';
import { managingRoles, mayManageEverybody, operatorFingerprint } from '../domain/operator';
import { partnerRoles } from '../domain/permission';
import type {
  ListedOperator,
  Operator,
  Operators,
  RemoveOperatorOutcome,
  SaveOperatorOutcome,
} from '../ports/operators';
import { answered } from './away';
import { createChange, effectOf, TakenBack } from './changes';
import type { Records } from './records';

/** What somebody may do: by their record, or without one by the configuration. Null for who may do nothing. */
export type OperatorOf = (id: string, stored: Stored | null) => Operator | null;

interface Configured {
  /** Admin agents for all customers, unless a record says otherwise. */
  readonly adminAgents: readonly string[];
  /** So is everybody else who has no record. */
  readonly everybodyMay: boolean;
}

/** Every change of an operator writes this setting: of two at once one waits, and sees what the other has done. */
const guard = 'operators-guard';

export function createOperatorOf({ adminAgents, everybodyMay }: Configured): OperatorOf {
  return (id, stored) => {
    if (stored) return toOperator(stored);
    return everybodyMay || adminAgents.includes(id) ? adminAgent(id) : null;
  };
}

/** Operators of the `operators` collection, and those whom the configuration names. A record counts before it. */
export function createMongoOperators(
  { connection, records }: { readonly connection: Connection; readonly records: Records },
  configured: Configured,
): Operators {
  const { adminAgents, everybodyMay } = configured;
  const { operators, settings } = records;
  const operatorOf = createOperatorOf(configured);
  const change = createChange({ connection, records });
  const isNamed = (id: string): boolean => adminAgents.includes(id);

  const listed = (id: string, stored: Stored | null): ListedOperator | null => {
    const configured = isNamed(id);
    if (!stored) return configured ? { ...adminAgent(id), configured, stored: false } : null;
    const operator = toOperator(stored);
    return operator && { ...operator, configured, stored: true };
  };

  const readListed = async (id: string, session?: ClientSession): Promise<ListedOperator | null> =>
    listed(id, await operators.findOne({ operator: id }, null, session ? { session } : {}).lean());

  const takeGuard = (by: string, session: ClientSession) =>
    settings.updateOne({ _id: guard }, { $set: { value: by } }, { upsert: true, session });

  /** Whether somebody may still manage operators for all customers. */
  const somebodyMay = async (session: ClientSession): Promise<boolean> => {
    if (everybodyMay) return true;
    const all = { customers: 'all', partnerRole: { $in: managingRoles } };
    if (await operators.exists(all).session(session)) return true;
    const overridden = await operators
      .distinct('operator', { operator: { $in: [...adminAgents] } })
      .session(session);
    return adminAgents.some((id) => !overridden.includes(id));
  };

  const keepSomebody = async (before: Operator | null, session: ClientSession): Promise<void> => {
    if (!before || !mayManageEverybody(before) || (await somebodyMay(session))) return;
    throw new TakenBack({ kind: 'last-admin' });
  };

  return {
    everybodyMay,

    find: (id) =>
      answered('read', async () => operatorOf(id, await operators.findOne({ operator: id }).lean())),

    findListed: (id) => answered('read', () => readListed(id)),

    list: () =>
      answered('read', async () => {
        const stored = await operators.find({}).lean();
        const ids = new Set(stored.map(({ operator }) => operator));
        const named = adminAgents.filter((id) => !ids.has(id)).map((id) => listed(id, null));
        return [...stored.map((one) => listed(one.operator, one)), ...named].filter((one) => one !== null);
      }),

    save: (operator, seen, effect) =>
      change<SaveOperatorOutcome>(guard, effect.id, async (session) => {
        await takeGuard(effect.id, session);
        const before = await readListed(operator.id, session);
        if ((before && operatorFingerprint(before)) !== seen)
          throw new TakenBack({ kind: 'changed-meanwhile' });
        const { id, partnerRole, customers } = operator;
        const set = { $set: { partnerRole, customers: customers === 'all' ? customers : [...customers] } };
        await operators.updateOne({ operator: id }, set, { upsert: true, session });
        await keepSomebody(before, session);
        return { outcome: { kind: 'saved' }, effect: effectOf(effect, before) };
      }),

    remove: (id, seen, effect) =>
      change<RemoveOperatorOutcome>(guard, effect.id, async (session) => {
        await takeGuard(effect.id, session);
        const before = await readListed(id, session);
        if (!before) throw new TakenBack({ kind: 'missing' });
        if (!before.stored) throw new TakenBack({ kind: 'configured' });
        if (seen !== operatorFingerprint(before)) throw new TakenBack({ kind: 'changed-meanwhile' });
        await operators.deleteOne({ operator: id }, { session });
        await keepSomebody(before, session);
        const after = before.configured || everybodyMay ? adminAgent(id) : null;
        return { outcome: { kind: 'removed' }, effect: effectOf(effect, { before, after }) };
      }),
  };
}

type Stored = { readonly operator: string; readonly partnerRole: string; readonly customers?: unknown };

function adminAgent(id: string): Operator {
  return { id, partnerRole: 'admin_agent', customers: 'all' };
}

/** Null for a record that nobody should have written: it grants nothing. */
function toOperator(stored: Stored): Operator | null {
  const partnerRole = partnerRoles.find((role) => role === stored.partnerRole);
  const customers = stored.customers === 'all' || isIds(stored.customers) ? stored.customers : null;
  return partnerRole && customers ? { id: stored.operator, partnerRole, customers } : null;
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string');
}
