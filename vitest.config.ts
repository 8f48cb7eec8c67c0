import { defineConfig } from 'vitest/config';

const INTEGRATION = '**/*.int.test.ts';

export default defineConfig({
  test: {
    // Two workers: the machines that run this have two cores, and each integration file has its own store.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: [INTEGRATION],
          pool: 'threads',
          // No test asserts a duration; this only ends what hangs, on a busy machine too.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'int',
          include: [`packages/${INTEGRATION}`],
          exclude: ['**/node_modules/**'],
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
