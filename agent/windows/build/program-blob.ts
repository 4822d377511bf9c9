import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { runProgram } from './build-program.ts'

const repository = resolve(import.meta.dirname, '../../..')

/** A program with all it imports as one CommonJS text; PowerShell scripts are in it as texts. */
export async function bundleProgram(main: string): Promise<string> {
  const bundle = await rolldown({
    cwd: repository,
    input: main,
    platform: 'node',
    logLevel: 'silent',
    moduleTypes: { '.ps1': 'text' },
  })
  try {
    const { output } = await bundle.generate({ format: 'cjs' })
    if (output.length !== 1) throw new Error(`${main} must become one file`)
    return output[0].code
  } finally {
    await bundle.close()
  }
}

/** The program as Node's single executable takes it. Relative names: the blob keeps the path of its main file. */
export async function makeBlob(folder: string, bundle: string, signal: AbortSignal): Promise<Uint8Array> {
  const settings = {
    main: 'agent.cjs',
    output: 'agent.blob',
    useCodeCache: false,
    useSnapshot: false,
    disableExperimentalSEAWarning: true,
  }
  await writeFile(join(folder, settings.main), bundle)
  await writeFile(join(folder, 'sea.json'), JSON.stringify(settings))
  await runProgram(process.execPath, ['--experimental-sea-config', 'sea.json'], { cwd: folder, signal })
  return readFile(join(folder, settings.output))
}
