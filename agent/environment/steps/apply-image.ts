import { createHash, type Hash } from 'node:crypto'
import { Readable } from 'node:stream'
import { ApplyImageInput } from '../../../tasksequences/steps/apply-image.ts'
import { byteProgress } from '../../runtime/byte-progress.ts'
import { endOfOutput } from '../../runtime/command-result.ts'
import type { ExecResult, ProgramEnd } from '../../runtime/exec.ts'
import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type Step, type StepContext } from '../../runtime/step.ts'
import type { StepDependencies } from '../dependencies.ts'
import { formatNtfs, wipeVolume } from '../disk/file-systems.ts'
import { imageSource, type PinnedImage } from '../image/image-source.ts'
import { streamInto } from '../image/image-stream.ts'
import { unmountLeftovers } from '../disk/mounts.ts'
import { locateVolume, type LocatedVolume } from '../disk/volumes.ts'
import { parseInput } from './input.ts'
import { mustRun } from './program.ts'

/** What NTFS keeps for itself on a large volume, and a little air to boot. */
const usableShare = 0.98
/** WIMLIB_ERR_NTFS_3G: the disk's side of it failed, not the image's (wimlib.h; exit codes of wimlib-imagex are its error codes). */
const ntfsError = 46

/**
 * Streams the pinned image from the server into wimlib on the Windows volume: no temporary space, nothing twice over the
 * network. The volume is made anew first, so the step may be repeated; it is wiped when the step fails, so that nothing
 * half-good is ever booted.
 */
export function applyImage(dependencies: StepDependencies): Step {
  return async (context) => {
    parseInput(ApplyImageInput, context)
    const { image } = context.work
    if (image === undefined) throw new StepError(failure('IMAGE_NOT_CHOSEN', {}))
    const volume = await locateVolume(context, dependencies, 'windows')
    const available = Math.floor(volume.sizeBytes * usableShare)
    if (image.contentBytes > available) {
      throw new StepError(
        failure('IMAGE_TOO_LARGE_FOR_DISK', { image: image.name, size: image.contentBytes, available }),
      )
    }
    await unmountLeftovers(context, dependencies)
    await formatNtfs(context, volume, volume.label)
    const startedMs = context.clock.elapsedMs()
    try {
      await writeImage(context, image, volume)
      context.progress({
        fraction: 1,
        doing: { fr: 'Fin de l’écriture sur le disque', en: 'Writing the last bytes to the disk' },
      })
      await mustRun(context, 'sync', [], () => applyFailed(image, volume, 'sync'))
    } catch (error) {
      await wipeVolume(context, volume.device)
      throw error
    }
    const seconds = (context.clock.elapsedMs() - startedMs) / 1000
    return { result: { imageId: image.id, sha256: image.sha256, sizeBytes: image.sizeBytes, seconds } }
  }
}

async function writeImage(context: StepContext, image: PinnedImage, volume: LocatedVolume): Promise<void> {
  const hash = createHash('sha256')
  const onBytes = reporter(context, image)
  const end = await context.exec('wimlib-imagex', ['apply', '-', '1', volume.device], {
    feed: async (stdin, ended) => {
      const diskFault = new AbortController()
      void ended.then((how) => {
        if (isDiskFault(how)) diskFault.abort()
      })
      const signal = AbortSignal.any([context.signal, diskFault.signal])
      const source = Readable.from(imageSource(context, image), { objectMode: false })
      await streamInto(source, stdin, { hash, onBytes, signal }).catch((error: unknown) => {
        if (!diskFault.signal.aborted) throw error
      })
    },
  })
  if (end.kind === 'missing') throw new StepError(failure('PROGRAM_MISSING', { program: 'wimlib-imagex' }))
  // Only the hash of the whole image tells a damaged image from a program that failed.
  if (!isDiskFault(end)) compareHash(context, image, hash)
  if (end.kind === 'killed' || end.code !== 0) {
    throw new StepError({ ...applyFailed(image, volume, reasonOf(end)), detail: endOfOutput(end) })
  }
}

/** Then what is left of the image need not be fetched: it is not to blame. */
function isDiskFault(end: ProgramEnd): boolean {
  return end.kind === 'killed' || end.code === ntfsError
}

function compareHash(context: StepContext, image: PinnedImage, hash: Hash): void {
  const actual = hash.digest('hex')
  if (actual !== image.sha256.toLowerCase()) {
    const detail = `expected ${image.sha256}, got ${actual}`
    throw new StepError(failure('IMAGE_HASH_MISMATCH', { image: image.name }, { detail }))
  }
  context.log('info', `image verified: SHA-256 ${actual}`)
}

function applyFailed(image: PinnedImage, volume: LocatedVolume, reason: string) {
  return failure('IMAGE_APPLY_FAILED', { image: image.name, disk: volume.diskName, reason })
}

/** wimlib's own sentence: the first line it marks as an error, else the last it wrote. */
function reasonOf(end: Exclude<ExecResult, { kind: 'missing' }>): string {
  const lines = end.stderr.split('\n').map((line) => line.trim())
  const marked = lines.find((line) => line.startsWith('[ERROR]'))
  return (marked?.slice('[ERROR]'.length) ?? lines.findLast((line) => line !== '') ?? 'wimlib').trim().slice(0, 512)
}

function reporter(context: StepContext, image: PinnedImage): (bytes: number) => void {
  const told = byteProgress(context, image.sizeBytes)
  let before = 0
  return (bytes) => {
    told(bytes - before)
    before = bytes
  }
}
