/** The orders of the test entry point of one node (`main-test.ts`). */
export interface Control {
  readonly now: () => Promise<number>;
  readonly setClock: (at: number) => Promise<void>;
  /** One round of every job at the clock's time. */
  readonly tick: () => Promise<void>;
  /** SQL statements since the start. */
  readonly statements: () => Promise<number>;
}

export function createControl(port: number): Control {
  const order = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`order ${path}: ${text}`);
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  };
  const numberOf = (value: unknown): number => {
    if (typeof value !== 'number') throw new TypeError('the order was answered without a number');
    return value;
  };
  return {
    now: async () => numberOf((await order('/now'))['now']),
    setClock: async (at) => {
      await order(`/clock?at=${at}`);
    },
    tick: async () => {
      await order('/tick');
    },
    statements: async () => numberOf((await order('/statements'))['statements']),
  };
}
