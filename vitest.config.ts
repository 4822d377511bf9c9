import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { ownMounts } from './tests/machine/own-mounts-pool.ts'

/**
 * Suites that share the machine's few cores, ports and namespaces run one after another, one file at a time; only unit
 * tests run side by side.
 */
const oneAtATime = (groupOrder: number) =>
  ({ fileParallelism: false, pool: 'forks', sequence: { groupOrder } }) as const

/** A PowerShell script is imported as its text, as agent/windows/build/build.ts does it. */
const scripts = {
  name: 'powershell-scripts',
  enforce: 'pre' as const,
  load: (id: string) =>
    id.endsWith('.ps1') ? `export default ${JSON.stringify(readFileSync(id, 'utf8'))}` : undefined,
}

export default defineConfig({
  plugins: [scripts],
  test: {
    reporters: ['default', './tests/closing-line.ts'],
    // Vitest gives a poll one second: less than a list takes to follow, and than a busy machine takes for anything.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/architecture.test.ts', 'tests/unit/**/*.test.ts'],
          testTimeout: 20_000,
          // Our modules keep no state and open nothing when they are imported: loading them once for each process, and
          // not once for each file, more than halves the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'interop',
          include: ['tests/interop/**/*.test.ts'],
          ...oneAtATime(1),
          pool: ownMounts,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dashboard',
          include: ['tests/dashboard/**/*.test.ts'],
          ...oneAtATime(2),
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['tests/lab/**/*.test.ts'],
          ...oneAtATime(3),
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        // What is long and rare: every unit test once more, with PostgreSQL too and with many more properties tried, and the
        // disk suites on a busy machine. `npm run test:matrix`; `npm test` leaves it out.
        extends: true,
        test: {
          name: 'matrix',
          include: ['tests/unit/**/*.test.ts', 'tests/matrix/**/*.test.ts'],
          globalSetup: './tests/matrix/postgresql.ts',
          env: { ETABLI_PROPERTY_FACTOR: '10' },
          pool: ownMounts,
          sequence: { groupOrder: 4 },
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
})
