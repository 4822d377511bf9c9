import { WriteBootFilesInput } from '../../../tasksequences/steps/write-boot-files.ts'
import { describeFailure, failure } from '../../failures.ts'
import { StepError, type Step, type StepContext } from '../../step.ts'
import { newEntry, parseBootEntries, type BootEntry } from '../boot-entries.ts'
import { copyBootFiles } from '../boot-files.ts'
import type { BenchDoors } from '../doors.ts'
import { withMounted } from '../mounts.ts'
import { locateVolume, type LocatedVolume } from '../volumes.ts'
import { parseInput } from './input.ts'
import { mustRun } from './program.ts'

const entryName = 'Windows Boot Manager'
const loader = '\\EFI\\Microsoft\\Boot\\bootmgfw.efi'

/** Copies the applied image's boot files to the ESP and makes the firmware's boot entry, which the next start uses. */
export function writeBootFiles(doors: BenchDoors): Step {
  return async (context) => {
    parseInput(WriteBootFilesInput, context)
    const windows = await locateVolume(context, doors, 'windows')
    const esp = await locateVolume(context, doors, 'esp')
    const volumes = [
      { volume: windows, readOnly: true },
      { volume: esp, readOnly: false },
    ]
    const copied = await withMounted(context, doors, volumes, async ([windowsFolder = '', espFolder = '']) => {
      const files = await copy(windowsFolder, espFolder, esp)
      await mustRun(context, 'sync', [], () => failure('BOOT_FILES_FAILED', { disk: esp.diskName }))
      return files
    })
    return { result: { folders: copied, bootEntry: await makeBootEntry(context, esp) } }
  }
}

async function copy(windowsFolder: string, espFolder: string, esp: LocatedVolume): Promise<string[]> {
  const outcome = await copyBootFiles(windowsFolder, espFolder).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error)
    throw new StepError(failure('BOOT_FILES_FAILED', { disk: esp.diskName }, { detail }))
  })
  if (outcome.kind === 'missing') throw new StepError(failure('BOOT_FILES_MISSING', { path: outcome.path }))
  return outcome.folders
}

/** Number of the new entry; null when the firmware refused it, which the fallback file makes up for. */
async function makeBootEntry(context: StepContext, esp: LocatedVolume): Promise<string | null> {
  const refused = (reason: string): null => {
    const { en } = describeFailure(failure('NVRAM_REFUSED', { reason })).message
    context.log('warning', en)
    return null
  }
  const before = await list(context, [])
  if (before === null) return refused('no UEFI variables')
  for (const { number } of before.filter(({ name }) => name === entryName)) {
    await context.exec('efibootmgr', ['--bootnum', number, '--delete-bootnum'])
  }
  const kept = before.filter(({ name }) => name !== entryName)
  const place = ['--disk', esp.diskDevice, '--part', String(esp.number)]
  const after = await list(context, ['--create', ...place, '--loader', loader, '--label', entryName])
  const entry = after === null ? null : newEntry(kept, after, entryName)
  if (entry === null) return refused('no entry was made')
  // The network usually stands first; once, the disk comes before it.
  const next = await context.exec('efibootmgr', ['--bootnext', entry.number])
  if (next.kind !== 'exited' || next.code !== 0) return refused('BootNext')
  return entry.number
}

async function list(context: StepContext, args: readonly string[]): Promise<BootEntry[] | null> {
  const result = await context.exec('efibootmgr', args, { quiet: args.length === 0 })
  return result.kind === 'exited' && result.code === 0 ? parseBootEntries(result.stdout) : null
}
