import { GUESSING } from './a-guessing.ts';
import { WEBAUTHN } from './c-webauthn.ts';
import { CROWD } from './d-crowd.ts';
import { FLOW } from './d-flow.ts';
import type { Case } from './case.ts';

/** Every case that is played, by group. */
export const CASES: readonly Case[] = [...GUESSING, ...WEBAUTHN, ...FLOW, ...CROWD];
