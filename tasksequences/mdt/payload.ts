import { oneLine } from './foreign-text.ts'
import { remark, type Remark } from './remarks.ts'
import { hasPayload, type Share } from './share.ts'

/** What of the share is not there; of a `Control` folder alone, nobody can say. */
export function missing(share: Share, path: string): Remark[] {
  if (share.payload.is === 'unknown') return [remark('MDT_PAYLOAD_UNKNOWN', { path: oneLine(path) })]
  return hasPayload(share, path) ? [] : [remark('MDT_PAYLOAD_MISSING', { path: oneLine(path) })]
}
