import { parseGuid, type Guid } from '../../../images/bcd/guid.ts'
import type { WindowsStoreRequest } from '../../../images/bcd/windows-store.ts'
import { buildNumber } from '../../../images/boot-manager/file-version.ts'
import { writeBootFiles as definition } from '../../../tasksequences/steps/write-boot-files.ts'
import { describeFailure, failure } from '../../protocol/failures/failures.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import { newEntry, parseBootEntries, type BootEntry } from '../disk/boot-entries.ts'
import { copyBootFiles, readBootManagers } from '../offline-windows/boot-files.ts'
import { judgeBootManagers } from '../offline-windows/boot-manager.ts'
import { describeWindows, localeOf, writeBootStore } from '../offline-windows/boot-store.ts'
import type { StepDependencies } from '../dependencies.ts'
import { withMounted } from '../disk/mounts.ts'
import { locateVolume, readDiskGuid, type LocatedVolume } from '../disk/volumes.ts'
import { parseInput } from './input.ts'
import { mustRun } from './program.ts'

const entryName = 'Windows Boot Manager'
const loader = '\\EFI\\Microsoft\\Boot\\bootmgfw.efi'

/**
 * Copies the applied image's boot files to the ESP, with the boot manager this machine's firmware trusts, writes the BCD
 * store and makes the firmware's boot entry, which the next start uses. Nothing on the ESP is relied on, so that a step
 * cut short by a power cut is simply done again.
 */
export function writeBootFiles(dependencies: StepDependencies): Step {
  return async (context) => {
    parseInput(definition.input, context)
    const windows = await locateVolume(context, dependencies, 'windows')
    const esp = await locateVolume(context, dependencies, 'esp')
    const partitions = { disk: await readDiskGuid(context, esp), esp: guidOf(esp), windows: guidOf(windows) }
    const volumes = [
      { volume: windows, readOnly: true },
      { volume: esp, readOnly: false },
    ]
    const written = await withMounted(context, dependencies, volumes, async ([windowsFolder = '', espFolder = '']) => {
      const failed = (detail?: string) =>
        failure('BOOT_FILES_FAILED', { disk: esp.diskName }, detail === undefined ? {} : { detail })
      const files = await write(context, dependencies, { windowsFolder, espFolder, partitions }).catch(
        (error: unknown) => {
          if (error instanceof StepError) throw error
          throw new StepError(failed(error instanceof Error ? error.message : String(error)))
        },
      )
      await mustRun(context, 'sync', [], () => failed())
      return files
    })
    return { result: { ...written, bootEntry: await makeBootEntry(context, esp) } }
  }
}

type Places = { windowsFolder: string; espFolder: string; partitions: NonNullable<WindowsStoreRequest['partitions']> }

async function write(
  context: StepContext,
  dependencies: StepDependencies,
  { windowsFolder, espFolder, partitions }: Places,
) {
  const { inventory, work, clock, log } = context
  const managers = await readBootManagers(windowsFolder)
  const verdict = judgeBootManagers(managers, inventory.secureBoot)
  if ('failure' in verdict) throw new StepError(verdict.failure)
  const { use, reason, signers, warning } = verdict
  log('info', `boot manager: ${use}, ${reason}`)
  if (warning !== null) log('warning', warning)
  const folders = await copyBootFiles(windowsFolder, espFolder, use)
  const manager = managers[use]
  const description = describeWindows(work.image?.name ?? '', manager === null ? null : buildNumber(manager))
  const locale = localeOf(work.variables['locale'])
  const ids = { osloader: dependencies.newGuid().toLowerCase(), resume: dependencies.newGuid().toLowerCase() }
  const store = await writeBootStore(espFolder, { partitions, description, locale, ids }, clock.now())
  return { folders, bootManager: { use, reason, signers }, store: { path: store, description, locale, ...ids } }
}

function guidOf({ guid, diskName }: LocatedVolume): Guid {
  const parsed = parseGuid(guid)
  if (parsed === null) throw new StepError(failure('DISK_GONE', { disk: diskName }, { detail: guid }))
  return parsed
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
