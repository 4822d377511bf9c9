import { defineConfig } from 'vitest/config'

/** Suites that share the machine's few cores, ports and namespaces run one file at a time; unit tests run side by side. */
const oneAtATime = { fileParallelism: false, pool: 'forks' } as const

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
          ...oneAtATime,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'dashboard',
          include: ['tests/dashboard/**/*.test.ts'],
          ...oneAtATime,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'lab',
          include: ['tests/lab/**/*.test.ts'],
          ...oneAtATime,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
