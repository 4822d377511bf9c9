import { statfsSync } from 'node:fs'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError } from '../../runtime/step.ts'

/** Bytes free on the volume a folder is on; passed in, so that a test can fill the disk. */
export type FreeBytes = (folder: string) => number

export const freeBytes: FreeBytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/**
 * What a cumulative update takes while it is unpacked, and until the restart. What Windows Update itself says of an
 * update's size is of no use here: for those that come in parts it is the sum of all there could be.
 */
export const spaceForUpdates = 8e9

/** A package lies there, is unpacked, and is staged. */
export function spaceForPackage(sizeBytes: number): number {
  return 3 * sizeBytes + 4e9
}

/** Throws StepError UPDATE_DISK_FULL. */
export function requireSpace(free: number, needed: number): void {
  if (free < needed) throw diskFull(free, needed)
}

/** Also for a program that found the disk full by itself: it had needed more than was thought. */
export function diskFull(free: number, needed: number): StepError {
  return new StepError(failure('UPDATE_DISK_FULL', { free, needed: Math.max(needed, free) }))
}
