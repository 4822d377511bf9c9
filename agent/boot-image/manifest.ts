import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** One file of `boot/` as the server offers it. */
export interface BootFile {
  readonly name: string
  readonly sizeBytes: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** `boot/manifest.json`: what was built, from what, and how the server has to start it. */
export interface Manifest {
  readonly format: 1
  /** SHA-256 over everything the files were made from; equal inputs are never built twice. */
  readonly inputs: string
  /** ISO 8601, UTC. */
  readonly builtAt: string
  readonly kernelRelease: string
  readonly nodeVersion: string
  /** Names of files below, by what they are for. */
  readonly shim: string
  readonly grub: string
  readonly kernel: string
  readonly initrd: string
  /** Squashfs files from the lowest to the highest: one `etabli.layer=PATH,SHA256` each, in this order. */
  readonly layers: readonly string[]
  /** Kernel arguments that are the same for every machine; etabli.server, etabli.tls, etabli.pin, etabli.layer and BOOTIF are added to them. */
  readonly kernelArguments: readonly string[]
  readonly files: readonly BootFile[]
  readonly packages: readonly DebianPackage[]
}

export interface DebianPackage {
  readonly name: string
  readonly version: string
}

export const bootFiles = {
  shim: 'shimx64.efi',
  grub: 'grubx64.efi',
  kernel: 'vmlinuz',
  initrd: 'initrd',
  rootLayer: 'root.squashfs',
  nodeLayer: 'node.squashfs',
  agentLayer: 'agent.squashfs',
} as const

/**
 * The screen is the last console, so that it is /dev/console; a serial port gets the same when there is one. The kernel keeps its
 * voice down for the agent's screen, and restarts the machine after a panic.
 */
export const kernelArguments = [
  'console=ttyS0,115200n8',
  'console=tty0',
  'quiet',
  'loglevel=3',
  'panic=15',
  'consoleblank=0',
] as const

/** Size and SHA-256 of a file, read as a stream. */
export async function describeBootFile(folder: string, name: string): Promise<BootFile> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(join(folder, name), { highWaterMark: 1 << 20 })) hash.update(chunk)
  return { name, sizeBytes: (await stat(join(folder, name))).size, sha256: hash.digest('hex') }
}

/** The manifest in a folder when it was built from these inputs and all its files are there in full; else nothing. */
export async function readCurrentManifest(folder: string, inputs: string): Promise<Manifest | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const manifest = parseManifest(text)
  if (manifest?.inputs !== inputs) return undefined
  for (const { name, sizeBytes } of manifest.files) {
    const size = await stat(join(folder, name)).then(
      (found) => found.size,
      () => -1,
    )
    if (size !== sizeBytes) return undefined
  }
  return manifest
}

/** A damaged manifest is none: the environment is then built anew. */
function parseManifest(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isManifest(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 1 &&
    'files' in value &&
    Array.isArray(value.files)
  )
}
