import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { bundleAgent, packAgentLayer } from './agent-layer.ts'
import { forgetOlder, removeAbandoned } from './build-context.ts'
import type { BuildContext, BuildProgress } from './build-context.ts'
import { debianSources, ensureDebianLayer } from './debian-layer.ts'
import { checkHost, readHostMirror } from './host.ts'
import { packInitrd } from './initrd.ts'
import { hashInputs, readInputs } from './inputs.ts'
import { bootFiles, describeBootFile, kernelArguments, readCurrentManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { ensureNodeLayer } from './node-layer.ts'

export interface EnvironmentOptions {
  /** Gets `boot/` with the files to serve and `manifest.json`. */
  readonly outputDir: string
  /** Keeps what is slow to make between builds; `<outputDir>/cache` unless told. */
  readonly cacheDir?: string
  /** A Debian archive's address; else that of the host's apt. */
  readonly mirror?: string
  /** The agent's entry file; `agent/environment/main.ts` unless told. */
  readonly agentEntry?: string
  readonly progress?: (event: BuildProgress) => void
  readonly signal?: AbortSignal
}

const repository = resolve(import.meta.dirname, '../..')

/**
 * Builds the boot environment unless it is there already, made from the same inputs: package list, scripts, agent and Node. The slow
 * parts (Debian, Node) come from the cache when only the agent changed. Throws EnvironmentError, or the signal's reason.
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<Manifest> {
  const { outputDir, cacheDir = join(outputDir, 'cache'), progress = () => undefined, signal, mirror } = options
  const context: BuildContext = { cacheDir, progress, ...(signal ? { signal } : {}) }
  const boot = join(outputDir, 'boot')
  progress({ step: 'check' })
  const agentCode = await bundleAgent(options.agentEntry ?? join(repository, 'agent/environment/main.ts'))
  const inputs = await hashEnvironment(agentCode)
  const current = await readCurrentManifest(boot, inputs)
  if (current) return current

  await checkHost()
  await mkdir(cacheDir, { recursive: true })
  await removeAbandoned(outputDir)
  await removeAbandoned(cacheDir)
  // There from the beginning: the server sees by it that a build is under way.
  const unfinished = `${boot}.unfinished-${process.pid}`
  await mkdir(unfinished, { recursive: true })
  try {
    const debian = await ensureDebianLayer(context, async () =>
      mirror === undefined ? readHostMirror() : { main: mirror, security: undefined },
    )
    const node = await ensureNodeLayer(context, repository)
    await packAgentLayer(context, agentCode, unfinished)
    await packInitrd(context, join(debian.folder, 'initrd'), unfinished)
    for (const name of [bootFiles.shim, bootFiles.grub, bootFiles.kernel, bootFiles.rootLayer]) {
      await copyFile(join(debian.folder, 'boot', name), join(unfinished, name))
    }
    await copyFile(node.file, join(unfinished, bootFiles.nodeLayer))
    const manifest = await writeManifest(unfinished, { inputs, debian, nodeVersion: node.version, context })
    await replaceFolder(boot, unfinished)
    await forgetOlder(context, [debian.folder, dirname(node.file)])
    return manifest
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Everything the files depend on; the mirror and the day are left out, so that a restart never builds by itself. */
async function hashEnvironment(agentCode: string): Promise<string> {
  const own = await readInputs(import.meta.dirname, [
    ...debianSources,
    ...[
      'manifest.ts',
      'node-layer.ts',
      'elf.ts',
      'agent-layer.ts',
      'initrd.ts',
      'build-context.ts',
      'initrd/',
      'root/',
    ],
  ])
  const node = await readInputs(repository, ['node_modules/node/package.json']).catch(() => ({}))
  return hashInputs({ ...own, ...node, agentCode })
}

async function writeManifest(
  folder: string,
  made: {
    inputs: string
    debian: Awaited<ReturnType<typeof ensureDebianLayer>>
    nodeVersion: string
    context: BuildContext
  },
): Promise<Manifest> {
  made.context.progress({ step: 'manifest' })
  const { shim, grub, kernel, initrd, rootLayer, nodeLayer, agentLayer } = bootFiles
  const files = []
  for (const name of Object.values(bootFiles)) files.push(await describeBootFile(folder, name))
  const manifest: Manifest = {
    format: 1,
    inputs: made.inputs,
    builtAt: new Date().toISOString(),
    kernelRelease: made.debian.kernelRelease,
    nodeVersion: made.nodeVersion,
    ...{ shim, grub, kernel, initrd },
    layers: [rootLayer, nodeLayer, agentLayer],
    kernelArguments,
    files,
    packages: made.debian.packages,
  }
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`)
  return manifest
}

/** A machine in the middle of its start may still read the old files: they go only after the new ones are in place. */
async function replaceFolder(current: string, replacement: string): Promise<void> {
  const old = join(dirname(current), `boot.old-${process.pid}`)
  await rename(current, old).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  })
  await rename(replacement, current)
  await rm(old, { recursive: true, force: true })
}
