import type { Control } from './control.ts';

/** The time of a deployment: all its nodes have the same. */
export interface Clock {
  readonly kind: 'real' | 'controlled';
  readonly now: () => number;
  readonly set: (at: number) => Promise<void>;
  readonly advance: (byMs: number) => Promise<void>;
}

const refuse = (): never => {
  throw new Error("start the deployment with clock: 'controlled' to move its time");
};

export const realClock: Clock = {
  kind: 'real',
  now: () => Date.now(),
  set: refuse,
  advance: refuse,
};

export interface ControlledClock extends Clock {
  readonly kind: 'controlled';
  /** Where a node that starts again has to begin. */
  readonly moved: () => number;
}

/** A clock that stands still unless moved, on every node at once. */
export function controlledClock(start: number, nodes: () => readonly Control[]): ControlledClock {
  let at = start;
  const set = async (to: number): Promise<void> => {
    at = to;
    await Promise.all(nodes().map((node) => node.setClock(to)));
  };
  return { kind: 'controlled', now: () => at, moved: () => at, set, advance: (byMs) => set(at + byMs) };
}
