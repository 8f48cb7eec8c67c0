import type { Random } from './random.ts';
import type { Stage, StageKind, World } from './stage.ts';

/** One adversarial case of `security.md` §6. The text of what it shows stands there; the body says it as attacks. */
export interface Case {
  readonly id: `S-${string}`;
  readonly title: string;
  /** How many seeds it runs with; 3 unless a seed changes nothing or costs too much, and then it says so. */
  readonly seeds?: 1 | 2 | 3;
  /** Which shared stage it plays on; `controlled` when left out. */
  readonly on?: StageKind;
  readonly run: (stage: Stage, random: Random, world: World) => Promise<void>;
}

/** The case cannot be played, because what it attacks is not built. */
export class Absent extends Error {}

export const absent = (why: string): never => {
  throw new Absent(why);
};

/** The product did something that the case forbids. */
export class Broken extends Error {}

export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Broken(otherwise);
}

export function equal<T>(found: T, expected: T, what: string): void {
  check(
    JSON.stringify(found) === JSON.stringify(expected),
    `${what}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`,
  );
}
