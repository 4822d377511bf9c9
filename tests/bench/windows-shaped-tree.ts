import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Makes a folder shaped like a small Windows: 16,000 files, about 560 MB, long names under WinSxS, most files small and
 * most bytes in a few hundred large ones.
 *
 * The bytes are slices of this very Node executable, so they compress as program files do; the same Node gives the
 * same tree.
 *
 * @param folder - where; made when missing
 * @returns how many files and bytes were written
 */
export function makeWindowsShapedTree(folder: string): { files: number; bytes: number } {
  const material = readFileSync(process.execPath)
  let bytes = 0
  const groups: readonly { count: number; sizeOf: (n: number) => number; nameOf: (n: number) => string }[] = [
    { count: 12_000, sizeOf: (n) => 200 + ((n * 7919) % 12_000), nameOf: componentName },
    {
      count: 3_700,
      sizeOf: (n) => 16_000 + ((n * 104_729) % 90_000),
      nameOf: (n) => `Windows/System32/module${n}.dll`,
    },
    {
      count: 300,
      sizeOf: (n) => 500_000 + ((n * 15_485_863) % 1_000_000),
      nameOf: (n) => `Program Files/Suite/part${n}.dat`,
    },
  ]
  let seed = 0
  for (const group of groups) {
    for (let n = 0; n < group.count; n += 1) {
      const sizeBytes = group.sizeOf(n)
      seed = (seed * 48_271 + 11 * n + 7) % 2_147_483_647
      const start = seed % (material.length - sizeBytes)
      const path = join(folder, group.nameOf(n))
      if (n % 40 === 0 || group.nameOf !== componentName) mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, material.subarray(start, start + sizeBytes))
      bytes += sizeBytes
    }
  }
  return { files: groups.reduce((sum, group) => sum + group.count, 0), bytes }
}

/** WinSxS names: `amd64_<name>_31bf3856ad364e35_<version>_none_<hash>`, forty files in each. */
function componentName(n: number): string {
  const component = Math.floor(n / 40)
  const hash = createHash('md5').update(String(component)).digest('hex').slice(0, 16)
  return `Windows/WinSxS/amd64_microsoft-windows-component${component}_31bf3856ad364e35_10.0.26100.1_none_${hash}/file${n}.mui`
}
