import { describe, expect, it } from 'vitest';
import { poolSettings } from './argon2-settings.ts';
import { BoundedPool } from './bounded-pool.ts';

/** A task that ends when told to. */
function task() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const state = { started: false };
  return {
    state,
    end: resolve,
    fail: reject,
    run: () => {
      state.started = true;
      return promise;
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('The pool of running hashes', () => {
  it('runs so many at once and the rest in order of arrival', async () => {
    const pool = new BoundedPool({ concurrency: 2, queueLimit: 8, taskMs: 10 });
    const tasks = [task(), task(), task(), task()];
    const results = tasks.map((each) => pool.run(each.run));
    await settled();
    expect(tasks.map((each) => each.state.started)).toEqual([true, true, false, false]);
    expect(pool.load).toEqual({ running: 2, waiting: 2 });

    tasks[1]?.end('second');
    await settled();
    expect(tasks.map((each) => each.state.started)).toEqual([true, true, true, false]);

    for (const each of tasks) each.end('any');
    expect(await Promise.all(results)).toEqual(['any', 'second', 'any', 'any']);
    expect(pool.load).toEqual({ running: 0, waiting: 0 });
  });

  it('turns away at once what finds the queue full, starts nothing of it, and says when to come back', async () => {
    const pool = new BoundedPool({ concurrency: 1, queueLimit: 2, taskMs: 1_000 });
    const held = [task(), task(), task()];
    const results = held.map((each) => pool.run(each.run));
    const late = task();
    expect(await pool.run(late.run)).toEqual({ kind: 'overloaded', retryAfterS: 3 });
    expect(late.state.started).toBe(false);
    for (const each of held) each.end('done');
    await Promise.all(results);
    expect(await pool.run(async () => 'free again')).toBe('free again');
  });

  it('gives the place on when a task fails', async () => {
    const pool = new BoundedPool({ concurrency: 1, queueLimit: 2, taskMs: 10 });
    const failing = task();
    const first = pool.run(failing.run);
    const second = pool.run(async () => 'second');
    failing.fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    expect(await second).toBe('second');
    expect(pool.load).toEqual({ running: 0, waiting: 0 });
  });

  it('is as wide as the cores, and leaves one thread of libuv for files and names', () => {
    expect(poolSettings(2).concurrency).toBe(2);
    expect(poolSettings(16).concurrency).toBe(3);
    expect(poolSettings(16, 32).concurrency).toBe(16);
    expect(poolSettings(1, 1).concurrency).toBe(1);
    expect(poolSettings(2).queueLimit).toBeGreaterThan(100);
  });
});
