import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeExecutable } from '../../agent/windows/build/executable.ts'
import { bundleProgram, makeBlob } from '../../agent/windows/build/program-blob.ts'
import { readRuntime } from '../../agent/windows/build/runtime.ts'
import { programNames } from './stand-in-folder.ts'

/** Programs that Wine has and that do there what our steps ask of them. The registry is the machine's own: `reg.exe` is played. */
const realInWine: readonly string[] = ['cmd.exe', 'taskkill.exe']

/**
 * Makes `target` a folder of stand-ins for Windows, to be put before `System32` in `PATH`: one executable of 87 MB, built
 * as the agent is, under these names: every one that Wine does not play truly. `cacheDir` keeps the runtime's package.
 */
export async function standInExecutables(
  target: string,
  cacheDir: string,
  signal: AbortSignal,
  names: readonly string[] = programNames.filter((one) => !realInWine.includes(one)),
): Promise<void> {
  mkdirSync(target, { recursive: true })
  const work = mkdtempSync(join(tmpdir(), 'etabli-stand-in-'))
  try {
    const bundle = await bundleProgram(join(import.meta.dirname, 'stand-in.ts'))
    const about = { product: 'Stand-in', company: 'Établi', description: 'Stand-in for tests', version: '0.0.0' }
    const blob = await makeBlob(work, bundle, signal)
    const first = join(target, 'stand-in.exe')
    writeFileSync(first, composeExecutable(await readRuntime(cacheDir, signal), blob, about))
    for (const name of names) linkSync(first, join(target, name))
  } finally {
    rmSync(work, { recursive: true })
  }
}
