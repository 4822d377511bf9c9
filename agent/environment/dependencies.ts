import type { Disk, PinnedDisk } from '../protocol/inventory.ts'
import type { PinnedServer } from '../protocol/pinned-server.ts'
import type { MachineClock } from './clock/machine-clock.ts'
import type { SortedDisks } from './disk/pinned-disks.ts'
import type { SourceFiles } from './inventory/source-files.ts'

/** What the environment's steps touch beside their context; tests hand in disks of their own, so that no real one can be meant. */
export type EnvironmentDependencies = {
  /** Where this environment was told its server is; the agent in Windows is told the same. */
  server: PinnedServer
  /** Read anew at each call: a disk may have been pulled. */
  readDisks(): Promise<Disk[]>
  /** The kernel's files, from `/`. */
  files: SourceFiles
  /** Where volumes are mounted, `/mnt/etabli`; everything mounted below it is ours. */
  mountFolder: string
  /** The firmware's clock, which Windows takes its first time from. */
  machineClock: Pick<MachineClock, 'setForWindows'>
  newGuid(): string
}

/** What a step gets of these: the disks as its run sees them, and no others. */
export type StepDependencies = Omit<EnvironmentDependencies, 'readDisks'> & { runDisks: RunDisks }

export type RunDisks = {
  pins: readonly PinnedDisk[]
  /** Read anew at each call. */
  read(): Promise<SortedDisks>
}
