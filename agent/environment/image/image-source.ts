import { bytesOf } from '../../runtime/download.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { StepWork } from '../../protocol/messages.ts'
import type { StepContext } from '../../runtime/step.ts'

export type PinnedImage = NonNullable<StepWork['image']>

/**
 * All the image's bytes, over broken connections too.
 * Throws IMAGE_MISSING, IMAGE_DOWNLOAD_INTERRUPTED, IMAGE_HASH_MISMATCH (the server has another length), or the signal's reason.
 */
export function imageSource(context: StepContext, image: PinnedImage): AsyncGenerator<Buffer> {
  const { name, path, sizeBytes, sha256 } = image
  return bytesOf(context, {
    ...{ name: 'image', path, sizeBytes },
    missing: () => failure('IMAGE_MISSING', { image: name }),
    interrupted: (received, detail) =>
      failure('IMAGE_DOWNLOAD_INTERRUPTED', { image: name, received, total: sizeBytes }, { detail }),
    changed: (actual) =>
      failure('IMAGE_HASH_MISMATCH', { image: name }, { detail: `expected ${sha256}, got ${actual}` }),
  })
}
