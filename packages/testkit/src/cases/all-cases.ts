import { GUESSING } from './a-guessing.ts';
import { WEBAUTHN } from './c-webauthn.ts';
import type { Case } from './case.ts';
import { CROWD } from './d-crowd.ts';
import { FLOW } from './d-flow.ts';
import { ENROLMENT } from './e-enrolment.ts';
import { RECOVERY } from './e-recovery.ts';
import { ADMIN } from './f-admin.ts';
import { ASSURANCE } from './g-assurance.ts';
import { OIDC_CODES } from './g-oidc.ts';
import { SIGNATURES } from './g-signatures.ts';

/** Every case that is played, by group. */
export const CASES: readonly Case[] = [
  ...GUESSING,
  ...WEBAUTHN,
  ...FLOW,
  ...CROWD,
  ...ENROLMENT,
  ...RECOVERY,
  ...ADMIN,
  ...OIDC_CODES,
  ...ASSURANCE,
  ...SIGNATURES,
];
