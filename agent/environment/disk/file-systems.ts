import { failure } from '../../protocol/failures/failures.ts'
import type { StepContext } from '../../runtime/step.ts'
import { mustRun } from '../steps/program.ts'

export type Target = { device: string; diskName: string; firstSector: number }

/** FAT32 whatever the size, as the firmware expects; 4Kn disks are recognised by mkfs itself. */
export async function formatEsp(context: StepContext, { device, diskName }: Target): Promise<void> {
  await mustRun(context, 'mkfs.vfat', ['-F', '32', '-n', 'SYSTEM', device], (program) =>
    failure('FORMAT_FAILED', { disk: diskName, volume: 'EFI', program }),
  )
}

/**
 * NTFS as Windows makes it: 4 KiB clusters (larger ones cannot be compressed), and the partition's start in the boot
 * sector, which mkntfs leaves 0 when it is not told (mkntfs(8), -p).
 */
export async function formatNtfs(context: StepContext, target: Target, label: string): Promise<void> {
  const { device, diskName, firstSector } = target
  const geometry = ['-p', String(firstSector), '-H', '255', '-S', '63']
  await mustRun(context, 'mkntfs', ['-Q', '-c', '4096', '-L', label, ...geometry, device], (program) =>
    failure('FORMAT_FAILED', { disk: diskName, volume: label, program }),
  )
}

/** Takes a volume's signature away, so that nothing half-good is mounted or booted; also after a cancel. */
export async function wipeVolume(context: StepContext, device: string): Promise<void> {
  const result = await context.exec('wipefs', ['--all', '--force', device], { afterCancel: true })
  if (result.kind !== 'exited' || result.code !== 0) context.log('warning', `${device} could not be wiped`)
}
