import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { agentVersion } from '../../runtime/version.ts'
import { agentManifestFile, executableFile, parseAgentManifest, type AgentManifest } from '../../protocol/windows-agent/manifest.ts'
import { composeExecutable } from './executable.ts'
import { bundleProgram, makeBlob } from './program-blob.ts'
import { readRuntime, windowsRuntime } from './runtime.ts'

export type AgentBuild = {
  /** Where `etabli-agent.exe` and its manifest go, `build/windows`. */
  outputDir: string
  /** Where the runtime's package is kept; `cache` in the output folder by default. */
  cacheDir?: string
  signal: AbortSignal
}

const repository = resolve(import.meta.dirname, '../../..')
/** What shapes the executable beside the agent's own sources, which the bundle holds. */
const builders = ['build.ts', 'program-blob.ts', 'executable.ts', 'runtime.ts'].map((name) =>
  join(import.meta.dirname, name),
)

/**
 * Makes sure that `etabli-agent.exe` in `outputDir` is the agent of these sources, and gives its manifest. Built only
 * when the bundle, the builder, the pinned runtime or the Node that makes the blob has changed; the same sources give
 * the same bytes anywhere.
 */
export async function ensureWindowsAgent(build: AgentBuild): Promise<AgentManifest> {
  const bundle = await bundleProgram(join(import.meta.dirname, '../main.ts'))
  const inputs = await inputsOf(bundle)
  const manifest = await readManifest(build.outputDir)
  if (manifest?.inputs === inputs && (await isIntact(build.outputDir, manifest))) return manifest
  await mkdir(build.outputDir, { recursive: true })
  const runtime = await readRuntime(build.cacheDir ?? join(build.outputDir, 'cache'), build.signal)
  const folder = await mkdtemp(join(build.outputDir, 'unfinished-'))
  try {
    const bytes = composeExecutable(runtime, await makeBlob(folder, bundle, build.signal), {
      product: 'Établi',
      company: 'Établi',
      description: 'Établi agent for Windows',
      version: agentVersion,
    })
    const made: AgentManifest = {
      inputs,
      version: agentVersion,
      runtime: windowsRuntime.version,
      file: executableFile,
      sizeBytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    }
    await writeFile(join(folder, executableFile), bytes)
    await writeFile(join(folder, agentManifestFile), `${JSON.stringify(made, null, 2)}\n`)
    for (const name of [executableFile, agentManifestFile])
      await rename(join(folder, name), join(build.outputDir, name))
    return made
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function inputsOf(bundle: string): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([bundle, windowsRuntime, agentVersion, process.version]))
  for (const file of builders) hash.update(await readFile(file))
  return hash.digest('hex')
}

async function readManifest(folder: string): Promise<AgentManifest | null> {
  const file = join(folder, agentManifestFile)
  return existsSync(file) ? parseAgentManifest(await readFile(file, 'utf8')) : null
}

async function isIntact(folder: string, { file, sha256 }: AgentManifest): Promise<boolean> {
  const path = join(folder, file)
  return (
    existsSync(path) &&
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex') === sha256
  )
}

/** `node agent/windows/build/build.ts [OUTPUT]`: into `build/windows` by default. */
async function main(): Promise<void> {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(new Error(signal)))
  const outputDir = resolve(process.argv[2] ?? join(repository, 'build/windows'))
  const { file, sizeBytes, sha256 } = await ensureWindowsAgent({ outputDir, signal: stop.signal })
  process.stdout.write(`${join(outputDir, file)} ${(sizeBytes / 1e6).toFixed(1)} MB sha256 ${sha256}\n`)
}

if (import.meta.main) await main()
