import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cachedFolder, packSquashfs, runBuildCommand } from './build-context.ts'
import type { BuildContext } from './build-context.ts'
import { withoutSymbols } from './elf.ts'
import { EnvironmentError } from './errors.ts'
import { hashInputs } from './inputs.ts'
import { bootFiles } from './manifest.ts'

export interface NodeLayer {
  readonly file: string
  readonly inputs: string
  readonly version: string
}

/** The repository's own Node as a layer of its own: it changes rarely and is the largest thing to pack. */
export async function ensureNodeLayer(context: BuildContext, repository: string): Promise<NodeLayer> {
  context.progress({ step: 'node-layer' })
  const program = join(repository, 'node_modules/node/bin/node')
  const { size } = await stat(program).catch((error: unknown) => {
    throw new EnvironmentError('ENVIRONMENT_NODE_MISSING', { path: program }, { cause: error })
  })
  const version = (await runBuildCommand(context, program, ['--version'])).trim()
  const inputs = hashInputs({ version, size: String(size), source: await readFile(import.meta.filename) })
  const folder = await cachedFolder(context, 'node', inputs, async (unfinished) => {
    const bin = join(unfinished, 'tree/usr/bin')
    await mkdir(bin, { recursive: true })
    await writeFile(join(bin, 'node'), withoutSymbols(await readFile(program)), { mode: 0o755 })
    await packSquashfs(context, join(unfinished, 'tree'), join(unfinished, bootFiles.nodeLayer), 19)
  })
  return { file: join(folder, bootFiles.nodeLayer), inputs, version }
}
