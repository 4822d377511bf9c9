import { mkdir } from 'node:fs/promises'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import type { StepDependencies } from '../dependencies.ts'
import { mountedDevices } from '../inventory/disk-use.ts'
import { mustRun } from '../steps/program.ts'
import type { LocatedVolume } from './volumes.ts'

export type MountedVolume = { volume: LocatedVolume; readOnly: boolean }

/**
 * Mounts volumes, gives their folders (in the same order) to `use`, and unmounts them whatever happens, also after a cancel.
 * NTFS by ntfs-3g, whose writes Windows has known for fifteen years; FAT by the kernel.
 */
export async function withMounted<Value>(
  context: StepContext,
  dependencies: StepDependencies,
  volumes: readonly MountedVolume[],
  use: (folders: readonly string[]) => Promise<Value>,
): Promise<Value> {
  await unmountLeftovers(context, dependencies)
  const folders: string[] = []
  try {
    for (const { volume, readOnly } of volumes) {
      const folder = `${dependencies.mountFolder}/${volume.role}`
      await mkdir(folder, { recursive: true })
      const [command, args] = mountCommand(volume, folder, readOnly ? 'ro' : 'rw')
      await mount(context, volume, command, args)
      folders.push(folder)
    }
    return await use(folders)
  } finally {
    await unmount(context, folders.toReversed())
  }
}

const mostTries = 25

/** ntfs-3g lets go of the device a moment after `umount` has come back, and the step before may just have ended. */
async function mount(context: StepContext, volume: LocatedVolume, command: string, args: string[]): Promise<void> {
  const failed = () => failure('MOUNT_FAILED', { disk: volume.diskName, volume: volume.role })
  for (let tries = 1; ; tries += 1) {
    try {
      await mustRun(context, command, args, failed)
      return
    } catch (error) {
      const isBusy = error instanceof StepError && /\bbusy\b|exclusively opened/i.test(error.failure.detail ?? '')
      if (!isBusy || tries === mostTries) throw error
      await context.clock.sleep(200, context.signal)
    }
  }
}

function mountCommand({ role, device }: LocatedVolume, folder: string, access: 'ro' | 'rw'): [string, string[]] {
  return role === 'esp'
    ? ['mount', ['-t', 'vfat', '-o', `${access},utf8,shortname=mixed`, device, folder]]
    : ['ntfs-3g', ['-o', access, device, folder]]
}

/** What an agent that was killed left mounted. */
export async function unmountLeftovers(context: StepContext, dependencies: StepDependencies): Promise<void> {
  const mounts = mountedDevices((await dependencies.files.text('proc/mounts')) ?? '')
  await unmount(
    context,
    [...mounts.values()].filter((target) => target.startsWith(`${dependencies.mountFolder}/`)).toReversed(),
  )
}

async function unmount(context: StepContext, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const result = await context.exec('umount', [folder], { afterCancel: true })
    if (result.kind !== 'exited' || result.code !== 0) context.log('warning', `${folder} could not be unmounted`)
  }
}
