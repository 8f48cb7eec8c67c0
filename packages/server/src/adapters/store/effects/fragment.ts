import type { RawBuilder } from 'kysely';
import type { Effect } from '../../../ports/effects.ts';
import type { Sealer } from '../../keys/sealer.ts';

/** One data-modifying part of a statement. `once` means: exactly one row, or the whole statement is undone. */
export interface Fragment {
  readonly sql: RawBuilder<unknown>;
  readonly once: boolean;
}

export type EffectOf<Kind extends Effect['kind']> = Extract<Effect, { kind: Kind }>;

/** How each kind of effect of one room is written. */
export type Writers<Kind extends Effect['kind']> = {
  readonly [K in Kind]: (effect: EffectOf<K>, sealer: Sealer) => readonly Fragment[];
};

export const once = (sql: RawBuilder<unknown>): readonly Fragment[] => [{ sql, once: true }];
export const any = (sql: RawBuilder<unknown>): readonly Fragment[] => [{ sql, once: false }];
