import { BUDGET } from './a-budget.ts';
import { CODES } from './a-codes.ts';
import { ASSERTIONS } from './c-assertions.ts';
import { CHALLENGES } from './c-challenges.ts';
import { DOWNGRADE } from './c-downgrade.ts';
import { KEYS } from './c-keys.ts';
import type { Case } from './case.ts';
import { CROWD } from './d-crowd.ts';
import { DETOURS } from './d-detours.ts';
import { HEADERS } from './d-headers.ts';
import { NODES_CASES } from './d-nodes.ts';
import { PENDING } from './d-pending.ts';
import { SESSIONS } from './d-sessions.ts';
import { ENROLMENT } from './e-enrolment.ts';
import { RECOVERY } from './e-recovery.ts';
import { ADMIN } from './f-admin.ts';
import { READING } from './f-reading.ts';
import { ASSURANCE } from './g-assurance.ts';
import { CODE_CASES } from './g-codes.ts';
import { REDIRECTS } from './g-redirects.ts';
import { REFRESH } from './g-refresh.ts';
import { SIGNATURES } from './g-signatures.ts';
import { TENANTS } from './g-tenants.ts';

/** Every case that is played, by group. */
export const CASES: readonly Case[] = [
  CODES,
  BUDGET,
  CHALLENGES,
  ASSERTIONS,
  KEYS,
  DOWNGRADE,
  PENDING,
  DETOURS,
  SESSIONS,
  CROWD,
  HEADERS,
  NODES_CASES,
  ENROLMENT,
  RECOVERY,
  ADMIN,
  READING,
  CODE_CASES,
  REFRESH,
  REDIRECTS,
  ASSURANCE,
  SIGNATURES,
  TENANTS,
].flat();
