import { Types } from 'mongoose';
import type { AuditAction, AuditQuery, AuditRecord, AuditTrail } from '../ports/audit';
import type { Page } from '../ports/page';
import { answered } from './away';
import type { Records } from './records';

/** More people than ever acted for one customer; the list of them stays bounded all the same. */
const mostOperators = 500;
const shown = { targetKey: 0 } as const;

type Trail = Pick<Records, 'audit' | 'auditDetails'>;
type Direction = 'after' | 'before';

interface Stored {
  readonly _id: Types.ObjectId;
  readonly at: Date;
  readonly operator: string;
  readonly action: string;
  readonly customerId: string | null;
  readonly target: string;
  readonly userId?: string | null;
  readonly outcome: AuditRecord['outcome'];
}

type Place = Pick<Stored, 'at' | '_id'>;

export function createMongoAuditTrail(records: Trail): AuditTrail {
  const { audit } = records;
  return {
    search: ({ after, before, limit, ...query }) =>
      answered('read', async () => {
        const from = readPlace(before ?? after);
        const direction = from && before !== undefined ? 'before' : 'after';
        const order = direction === 'after' ? -1 : 1;
        const rows = await audit
          .find(matching(query, from, direction), shown)
          .sort({ at: order, _id: order })
          .limit(limit + 1)
          .lean<Stored[]>();
        return toPage(await withDetails(records, rows), { limit, from, direction });
      }),

    ofUser: (customerId, userId, limit) =>
      answered('read', async () => {
        const rows = await audit
          .find({ userId, customerId }, shown)
          .sort({ at: -1, _id: -1 })
          .limit(limit)
          .lean<Stored[]>();
        return withDetails(records, rows);
      }),

    operatorsOf: (customerId) =>
      answered('read', async () =>
        (await audit.distinct('operator', { customerId })).slice(0, mostOperators),
      ),
  };
}

function matching(query: AuditQuery, from: Place | null, direction: Direction) {
  const { customerId, text, operator, action, from: since, to: until } = query;
  const prefix = text.toLowerCase();
  const conditions = [
    ...(since ? [{ at: { $gte: since } }] : []),
    ...(until ? [{ at: { $lt: until } }] : []),
    ...(from ? beyond(from, direction) : []),
  ];
  return {
    customerId,
    ...(prefix === '' ? {} : { targetKey: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` } }),
    ...(operator === null ? {} : { operator }),
    ...(action === null ? {} : { action }),
    ...(conditions.length > 0 ? { $and: conditions } : {}),
  };
}

/** The entries behind a place, newest first, or in front of it. The bound on `at` alone is what an index can use. */
function beyond({ at, _id }: Place, direction: Direction) {
  return direction === 'after'
    ? [{ at: { $lte: at } }, { $or: [{ at: { $lt: at } }, { _id: { $lt: _id } }] }]
    : [{ at: { $gte: at } }, { $or: [{ at: { $gt: at } }, { _id: { $gt: _id } }] }];
}

function placeKey({ at, id }: AuditRecord): string {
  return `${at.getTime().toString(36)}.${id}`;
}

/** Unreadable keys mean the first page. */
function readPlace(key: string | undefined): Place | null {
  const [, at = '', id = ''] = /^([0-9a-z]{1,9})\.([0-9a-f]{24})$/.exec(key ?? '') ?? [];
  return id === '' ? null : { at: new Date(parseInt(at, 36)), _id: new Types.ObjectId(id) };
}

function toPage(
  rows: readonly AuditRecord[],
  { limit, from, direction }: { limit: number; from: Place | null; direction: Direction },
): Page<AuditRecord> {
  const back = direction === 'before';
  const more = rows.length > limit;
  const items = back ? rows.slice(0, limit).reverse() : rows.slice(0, limit);
  const [first, last] = [items[0], items.at(-1)];
  const hasPrevious = back ? more : from !== null;
  const hasNext = back || more;
  return {
    items,
    previous: hasPrevious && first ? placeKey(first) : null,
    next: hasNext && last ? placeKey(last) : null,
  };
}

async function withDetails({ auditDetails }: Trail, rows: readonly Stored[]): Promise<AuditRecord[]> {
  const found = await auditDetails.find({ _id: { $in: rows.map(({ _id }) => _id) } }).lean();
  const details = new Map(found.map((one) => [String(one._id), detailsOf(one)]));
  return rows.map(({ _id, userId, action, ...row }) => {
    const changed = details.get(String(_id));
    return {
      ...row,
      id: String(_id),
      action: action as AuditAction,
      ...(userId ? { userId } : {}),
      ...(changed ? { details: changed } : {}),
    };
  });
}

function detailsOf({
  before,
  after,
  reason,
}: {
  before?: unknown;
  after?: unknown;
  reason?: string | null;
}): NonNullable<AuditRecord['details']> {
  return {
    ...(isObject(before) ? { before } : {}),
    ...(isObject(after) ? { after } : {}),
    ...(reason ? { reason } : {}),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
