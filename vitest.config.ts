import { defineConfig } from 'vitest/config'

/**
 * Suites that share the machine's few cores, ports and namespaces run one after another, one file at a time; only unit
 * tests run side by side.
 */
const oneAtATime = (groupOrder: number) =>
  ({ fileParallelism: false, pool: 'forks', sequence: { groupOrder } }) as const

export default defineConfig({
  test: {
    reporters: ['default', './tests/closing-line.ts'],
    projects: [
      {
        test: { name: 'unit', include: ['tests/architecture.test.ts', 'tests/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        test: {
          name: 'interop',
          include: ['tests/interop/**/*.test.ts'],
          ...oneAtATime(1),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'dashboard',
          include: ['tests/dashboard/**/*.test.ts'],
          ...oneAtATime(2),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['tests/lab/**/*.test.ts'],
          ...oneAtATime(3),
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
