import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import type { Machine } from '../../windows/machine.ts'
import { wrapper } from '../../windows/new-files.ts'
import { standInFolder } from '../../windows/stand-in-folder.ts'

const here = import.meta.dirname

/**
 * Packs the stand-in for Windows as the highest layer of a boot environment: its own `run-agent`, its program as one
 * file, and the stand-in programs with the machine they begin with.
 */
export async function packStandIn(file: string, machine: Machine): Promise<void> {
  const tree = mkdtempSync(join(tmpdir(), 'etabli-stand-in-'))
  try {
    for (const folder of ['opt/etabli', 'opt/stand-in']) mkdirSync(join(tree, folder), { recursive: true })
    cpSync(join(here, 'run-agent'), join(tree, 'opt/etabli/run-agent'))
    await standInFolder(join(tree, 'opt/stand-in/programs'))
    // Ours see to what the others only say: the task is kept, the folder goes, the service leaves the hive.
    cpSync(join(here, 'programs'), join(tree, 'opt/stand-in/programs'), { recursive: true })
    writeFileSync(
      join(tree, 'opt/stand-in/programs/sysprep.exe'),
      wrapper('/opt/stand-in/programs/stand-in.cjs', 'sysprep.exe'),
    )
    writeFileSync(join(tree, 'opt/stand-in/machine.json'), JSON.stringify(machine))
    cpSync(join(here, 'executable-path.mjs'), join(tree, 'opt/stand-in/executable-path.mjs'))
    writeFileSync(join(tree, 'opt/stand-in/start.mjs'), await bundle(join(here, 'start.ts')))
    rmSync(file, { force: true })
    const quiet = ['-noappend', '-no-progress', '-quiet', '-no-xattrs', '-all-root']
    execFileSync('mksquashfs', [tree, file, ...quiet, '-comp', 'zstd'], { stdio: ['ignore', 'ignore', 'inherit'] })
  } finally {
    rmSync(tree, { recursive: true })
  }
}

async function bundle(entry: string): Promise<string> {
  const made = await rolldown({ input: entry, platform: 'node', logLevel: 'silent' })
  const { output } = await made.generate({ format: 'esm', codeSplitting: false })
  await made.close()
  return output[0].code
}
