import { ACCOUNT_STATES, LOCALES, ROLES } from '@countersign/core/account/account';
import { METHODS } from '@countersign/core/factor/factor';
import { STRENGTHS } from '@countersign/core/factor/strength';
import { z } from 'zod';

/** Controls, line breaks and direction marks: they would let one name pass for another, or hide a line in a list. */
const VISIBLE = /^[^\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]*$/u;

/** A text of one line, at most so long. */
export const line = (longest: number) =>
  z.string().max(longest).regex(VISIBLE, 'one line without control characters');

export const id = z.uuid();
export const instant = z.iso.datetime({ precision: 3 });
/** A moment that a caller names; written with Z, as every moment of ours. */
export const moment = z.iso.datetime();

export const login = line(254).min(1);
export const displayName = line(100).refine(
  (text) => text.trim() === text && text !== '',
  'a name without blanks around it',
);
export const email = z.email().max(254);
export const locale = z.enum(LOCALES);
export const state = z.enum(ACCOUNT_STATES);
export const role = z.enum(ROLES);
export const method = z.enum(METHODS);
export const strength = z.enum(STRENGTHS);
export const roles = z
  .array(role)
  .max(ROLES.length)
  .refine((all) => new Set(all).size === all.length, 'each role once');

export const idParams = z.strictObject({ id });
