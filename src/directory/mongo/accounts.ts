import { Schema, type Connection } from 'mongoose';

/** Named where they are read: the planner alone would at times take another, and scan. */
export const userIndexes = {
  list: 'users_by_name',
  search: 'words_of_users',
  unlicensed: 'unlicensed_users',
  blocked: 'blocked_users',
  admins: 'admins',
} as const;

const options = { versionKey: false } as const;

const customerSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    defaultDomain: { type: String, required: true },
    domains: { type: [String], required: true },
    /** For lists and search: the name as it sorts, and the normalised words of the name and the domains. */
    sortKey: { type: String, required: true },
    searchTokens: { type: [String], required: true },
  },
  options,
)
  .index({ domains: 1 }, { unique: true })
  .index({ sortKey: 1, _id: 1 })
  .index({ searchTokens: 1, sortKey: 1 });

const subscriptionSchema = new Schema(
  {
    customerId: { type: String, required: true },
    skuPartNumber: { type: String, required: true },
    total: { type: Number, required: true, min: 0 },
    consumed: { type: Number, required: true, min: 0, default: 0 },
  },
  options,
).index({ customerId: 1, skuPartNumber: 1 }, { unique: true });

const passwordSchema = new Schema(
  { salt: { type: String, required: true }, hash: { type: String, required: true } },
  { _id: false },
);

const userSchema = new Schema(
  {
    _id: { type: String, required: true },
    customerId: { type: String, required: true },
    userPrincipalName: { type: String, required: true },
    upnLower: { type: String, required: true },
    displayName: { type: String, required: true },
    givenName: { type: String, default: '' },
    surname: { type: String, default: '' },
    usageLocation: { type: String, default: '' },
    jobTitle: { type: String, default: '' },
    department: { type: String, default: '' },
    accountEnabled: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    state: { type: String, enum: ['active', 'deleted'], required: true },
    licenses: { type: [String], required: true },
    roles: { type: [String], required: true },
    /** A salted digest, for the service where the user signs in. */
    password: { type: passwordSchema, required: true },
    passwordSetAt: { type: Date, required: true },
    mustChangePassword: { type: Boolean, required: true },
    /** For lists and search: the display name as it sorts, and the normalised words of the name and the UPN. */
    sortKey: { type: String, default: '' },
    searchTokens: { type: [String], default: [] },
    /** Of deleted users only. Every deadline is read from `restoreBy`. */
    deletedAt: { type: Date },
    deletedBy: { type: String },
    restoreBy: { type: Date },
    /** The effect that deleted them. */
    deletion: { type: String },
    /**
     * Of imported users only: the import, the line of its file, the sheet with their password while it is on it, and
     * whether they get it by letter.
     */
    importId: { type: String },
    importLine: { type: Number },
    sheet: { type: String },
    lettered: { type: Boolean },
  },
  options,
)
  .index(
    { importId: 1, importLine: 1 },
    { unique: true, partialFilterExpression: { importId: { $exists: true } }, name: 'users_of_imports' },
  )
  .index(
    { customerId: 1, upnLower: 1 },
    { unique: true, partialFilterExpression: { state: 'active' }, name: 'upn_of_active_users' },
  )
  .index({ customerId: 1, state: 1, sortKey: 1, _id: 1 }, { name: userIndexes.list })
  .index({ customerId: 1, state: 1, searchTokens: 1, sortKey: 1, _id: 1 }, { name: userIndexes.search })
  // What an array holds is not in an index of another field; whether somebody is blocked can be counted there.
  .index(
    { customerId: 1, sortKey: 1, _id: 1 },
    { partialFilterExpression: { state: 'active', licenses: { $eq: [] } }, name: userIndexes.unlicensed },
  )
  .index(
    { customerId: 1, state: 1, accountEnabled: 1, sortKey: 1, _id: 1 },
    { partialFilterExpression: { state: 'active', accountEnabled: false }, name: userIndexes.blocked },
  )
  .index(
    { customerId: 1, sortKey: 1, _id: 1, state: 1 },
    { partialFilterExpression: { state: 'active', 'roles.0': { $exists: true } }, name: userIndexes.admins },
  )
  // Those of deleted users name the state, which counting then need not look up.
  .index(
    { customerId: 1, state: 1, restoreBy: 1, _id: 1 },
    { partialFilterExpression: { state: 'deleted' }, name: 'deleted_users' },
  )
  .index(
    { state: 1, restoreBy: 1, _id: 1 },
    { partialFilterExpression: { state: 'deleted' }, name: 'deadlines_of_deleted_users' },
  )
  .index(
    { customerId: 1, upnLower: 1, deletedAt: -1 },
    { partialFilterExpression: { state: 'deleted' }, name: 'names_of_deleted_users' },
  );

export type Accounts = ReturnType<typeof accountsOf>;

/** The accounts of the customers, one model a collection. */
export function accountsOf(connection: Connection) {
  return {
    customers: connection.model('customers', customerSchema, 'customers'),
    subscriptions: connection.model('subscriptions', subscriptionSchema, 'subscriptions'),
    users: connection.model('users', userSchema, 'users'),
  };
}
