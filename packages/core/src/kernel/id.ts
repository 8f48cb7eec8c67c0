declare const kind: unique symbol;

/** A string that names one kind of thing, so that an account id cannot be passed where a session id is meant. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

export type AccountId = Id<'account'>;
export type FactorId = Id<'factor'>;
export type SessionId = Id<'session'>;
export type TransactionId = Id<'transaction'>;
export type GrantId = Id<'grant'>;
export type AppId = Id<'app'>;
export type EventId = Id<'event'>;

/** Marks a string as an id of one kind. Only parsers and the makers of fresh ids call this. */
export const asId = <Kind extends string>(value: string): Id<Kind> => value as Id<Kind>;
