import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const FileName = Type.String({ pattern: '^[\\w.-]{1,100}$' })
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** `boot/manifest.json` as agent/boot-image/manifest.ts writes it; what the server needs of it. */
export const EnvironmentManifest = Type.Object({
  format: Type.Literal(1),
  inputs: Sha256,
  shim: FileName,
  grub: FileName,
  kernel: FileName,
  initrd: FileName,
  layers: Type.Array(FileName, { minItems: 1, maxItems: 16 }),
  kernelArguments: Type.Array(Type.String({ maxLength: 200 })),
  files: Type.Array(Type.Object({ name: FileName, sizeBytes: Type.Integer({ minimum: 1 }), sha256: Sha256 })),
})
export type EnvironmentManifest = Static<typeof EnvironmentManifest>
export type EnvironmentFile = EnvironmentManifest['files'][number]

export type Environment = {
  folder: string
  manifest: EnvironmentManifest
  /** First digits of the build's hash: part of every address, so that files of two builds are never mixed. */
  version: string
  builtAt: Date
  file(name: string): EnvironmentFile | undefined
}

export type EnvironmentState = 'ready' | 'building' | 'missing'

export type EnvironmentFolder = {
  /** The environment as it is built now; null when there is none. */
  current(): Promise<Environment | null>
  state(): Promise<EnvironmentState>
}

/**
 * Reads the boot environment in a folder. It may be built or rebuilt while the server runs.
 *
 * @param directory the build's output: `boot/` with the files and `manifest.json`.
 */
export function openEnvironmentFolder(directory: string): EnvironmentFolder {
  const folder = join(directory, 'boot')
  let known: { mtimeMs: number; environment: Environment | null } | null = null

  async function current(): Promise<Environment | null> {
    const path = join(folder, 'manifest.json')
    const found = await stat(path).catch(absent)
    if (!found) return null
    if (known?.mtimeMs !== found.mtimeMs) {
      const manifest = readManifest(await readFile(path, 'utf8'))
      known = { mtimeMs: found.mtimeMs, environment: manifest && environmentOf(folder, manifest, found.mtime) }
    }
    return known.environment
  }

  return {
    current,
    async state() {
      if (await current()) return 'ready'
      const names = (await readdir(directory).catch(absent)) ?? []
      return names.some((name) => name.startsWith('boot.unfinished-')) ? 'building' : 'missing'
    },
  }
}

function environmentOf(folder: string, manifest: EnvironmentManifest, builtAt: Date): Environment {
  const byName = new Map(manifest.files.map((file) => [file.name, file]))
  return { folder, manifest, version: manifest.inputs.slice(0, 16), builtAt, file: (name) => byName.get(name) }
}

/** A damaged manifest counts as none: the environment is then missing. */
function readManifest(text: string): EnvironmentManifest | null {
  try {
    const value: unknown = JSON.parse(text)
    return Value.Check(EnvironmentManifest, value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
  throw error
}
