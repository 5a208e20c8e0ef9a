import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core to whoever watches; here nobody does, and many suites wait for another process.
    maxWorkers: '100%',
    coverage: {
      include: ['src/**', 'handlers/**'],
      reporter: ['text'],
      thresholds: { 'src/domain/**': { lines: 100 } },
    },
  },
});
