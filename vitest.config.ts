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
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/architecture.test.ts', 'tests/unit/**/*.test.ts'], testTimeout: 20_000 },
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
    ],
  },
})
