import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Materials } from '../../../agent/protocol/materials.ts'
import {
  agentManifestFile,
  executableFile,
  parseAgentManifest,
} from '../../../agent/protocol/windows-agent/manifest.ts'
import { catalogueRefusal } from '../errors.ts'

/** The agent's executable for Windows, as `agent/windows/build/build.ts` writes it. */
export type WindowsAgent = {
  /** What a run pins of it. Throws Refusal WINDOWS_AGENT_NOT_BUILT. */
  pin(): Promise<NonNullable<Materials['agent']>>
  /** Where it lies, while it still is the one with this hash. */
  path(sha256: string): Promise<{ path: string; sizeBytes: number } | null>
}

/** The Windows agent in a folder, read at each use: a build while the server runs is taken up by the next run. */
export function createWindowsAgent(folder: string): WindowsAgent {
  const path = join(folder, executableFile)

  /** Null when there is none, or one that was cut off; its content is proved on the machine, by its hash. */
  const read = async () => {
    const text = await orNothing(readFile(join(folder, agentManifestFile), 'utf8'))
    const manifest = text === null ? null : parseAgentManifest(text)
    const size = (await orNothing(stat(path)))?.size
    return manifest?.sizeBytes === size ? manifest : null
  }

  return {
    pin: async () => {
      const manifest = await read()
      if (manifest === null) throw catalogueRefusal('WINDOWS_AGENT_NOT_BUILT', { folder })
      const { version, sizeBytes, sha256 } = manifest
      return { version, file: { path: executableFile, sizeBytes, sha256 } }
    },
    path: async (sha256) => {
      const manifest = await read()
      return manifest?.sha256 === sha256 ? { path, sizeBytes: manifest.sizeBytes } : null
    },
  }
}

async function orNothing<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
