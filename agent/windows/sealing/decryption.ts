import { failure } from '../../protocol/failures/failures.ts'
import { StepError, type StepContext } from '../../runtime/step.ts'
import { hresultText } from '../updates/hresults.ts'
import type { SealingScripts } from './questions.ts'
import type { Readiness } from './readiness.ts'

const lookEveryMs = 15_000
/** Looks between which not a percent was decrypted: half an hour. */
const mostIdleLooks = 120

/**
 * Has Windows decrypt its drives and waits for it: 24H2 encrypts by itself with a key that nobody has written down, and
 * sysprep does not go with it. Throws StepError SEAL_ENCRYPTED when Windows refuses, or stands still.
 */
export async function decryptDrives(
  { progress, clock, log, signal }: StepContext,
  scripts: Pick<SealingScripts, 'readiness' | 'decrypt'>,
): Promise<void> {
  let { encrypted } = await scripts.readiness()
  if (encrypted.length === 0) return
  log('info', `decrypting ${encrypted.map(({ drive }) => drive).join(', ')}`)
  const [refusal] = (await scripts.decrypt()).refused
  if (refusal !== undefined) {
    const { drive, code } = refusal
    throw new StepError(failure('SEAL_ENCRYPTED', { drive }, { detail: `Decrypt: ${hresultText(code)}` }))
  }
  for (let idle = 0, before = percentOf(encrypted); encrypted.length > 0; before = percentOf(encrypted)) {
    const drives = encrypted.map(({ drive, percent }) => `${drive} ${percent} %`).join(', ')
    progress({
      fraction: 0.05,
      doing: { fr: `Déchiffrement\u202f: reste ${drives}`, en: `Decrypting: ${drives} left` },
    })
    await clock.sleep(lookEveryMs, signal)
    encrypted = (await scripts.readiness()).encrypted
    idle = percentOf(encrypted) < before ? 0 : idle + 1
    const [first] = encrypted
    if (first !== undefined && idle >= mostIdleLooks) {
      throw new StepError(failure('SEAL_ENCRYPTED', { drive: first.drive }, { detail: 'decryption stands still' }))
    }
  }
}

function percentOf(encrypted: Readiness['encrypted']): number {
  return encrypted.reduce((sum, { percent }) => sum + percent, 0)
}
