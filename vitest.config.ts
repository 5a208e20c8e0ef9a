import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many suites wait for another process: a browser, a server, a child. One more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    coverage: {
      include: ['src/**', 'handlers/**'],
      reporter: ['text'],
      thresholds: { 'src/domain/**': { lines: 100 } },
    },
  },
});
