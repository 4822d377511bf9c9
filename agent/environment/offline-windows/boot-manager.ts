import { chooseBootManager, type BootManagerChoice } from '../../../images/boot-manager/choice.ts'
import { MalformedPe } from '../../../images/pe/malformed-pe.ts'
import { readSignatures, type Signature } from '../../../images/boot-manager/signers.ts'
import { failure } from '../../protocol/failures/failures.ts'
import type { Inventory } from '../../protocol/inventory.ts'
import type { Failure } from '../../protocol/messages.ts'
import { bootManagerPath, type BootManagers, type BootManagerUse } from './boot-files.ts'

export type BootManagerVerdict =
  { use: BootManagerUse; reason: string; signers: string[]; warning: string | null } | { failure: Failure }

/** What the policy in `images/boot-manager` says of these files on this machine; for the run's log and for the person. Pure. */
export function judgeBootManagers(files: BootManagers, secureBoot: Inventory['secureBoot']): BootManagerVerdict {
  const standard = readSigners(files.standard)
  const ex = readSigners(files.ex)
  const { trusts2011, trusts2023, revokes2011, state } = secureBoot
  const choice = chooseBootManager({
    secureBoot: state === 'on',
    trusts2011,
    trusts2023,
    revokes2011,
    available: { standard: standard && standard.map(authority), ex: ex && ex.map(authority) },
  })
  const names = (signatures: Signature[] | null): string[] => (signatures ?? []).map(nameOf)
  if ('stop' in choice) return { failure: stopped(choice, [...names(standard), ...names(ex)]) }
  const signers = names(choice.use === 'ex' ? ex : standard)
  const { use, reason } = choice
  const foreign = reason === 'foreign-signer'
  const by = signers.length > 0 ? `signed by ${signers.join(', ')}` : 'not signed'
  return { use, reason, signers, warning: foreign ? `the image's boot manager is not Windows' own: ${by}` : null }
}

/** A file whose signatures make no sense is as good as unsigned: no firmware takes it either. */
function readSigners(bytes: Uint8Array | null): Signature[] | null {
  if (bytes === null) return null
  try {
    return readSignatures(bytes)
  } catch (error) {
    if (error instanceof MalformedPe) return []
    throw error
  }
}

const authority = (signature: Signature) => signature.authority

function nameOf({ issuers, signer }: Signature): string {
  return issuers[0] ?? signer
}

function stopped({ stop }: Extract<BootManagerChoice, { stop: string }>, signers: readonly string[]): Failure {
  switch (stop) {
    case 'BOOT_FILES_MISSING':
      return failure(stop, { path: bootManagerPath })
    case 'BOOT_MANAGER_TOO_OLD':
      return failure(stop, {}, { detail: signers.join(', ') })
    case 'BOOT_MANAGER_UNTRUSTED':
      return failure(stop, { signers: [...new Set(signers)].join(', ') })
  }
}
