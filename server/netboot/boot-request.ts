import type { Sentence } from '../../text/sentence.ts'
import type { BootAnswer, BootRequest } from '../dhcp/boot.ts'
import type { Ipv4 } from '../dhcp/addresses.ts'

/** What DHCP is told, and the same for a person. */
export type BootDecision = { answer: BootAnswer; reason: Sentence; outcome: 'ok' | 'refused' }

/** The signed first link of the chain, beside which shim looks for grubx64.efi. */
export const shimFile = 'shimx64.efi'

/** Client architectures (RFC 4578 §2.1, IANA "Processor Architecture Types"). */
const biosArchitecture = 0
/** 7 is x86-64 UEFI; 9 was meant for EBC, and firmware has swapped the two ever since the RFC's erratum. */
const uefiArchitectures: ReadonlySet<number> = new Set([7, 9])
const httpArchitecture = 16

/**
 * What a machine that asks DHCP boots.
 *
 * Every PC we can boot gets the same signed loader, whatever is known of it: GRUB asks for the machine's intent later, by
 * then with the newest answer.
 */
export function decideBootAnswer(request: Pick<BootRequest, 'kind' | 'architecture'>, server: Ipv4): BootDecision {
  if (request.kind === 'environment') {
    return lease({
      fr: 'Notre environnement de préparation reçoit une adresse.',
      en: 'Our boot environment gets an address.',
    })
  }
  if (request.kind === 'other') return lease({ fr: 'Une adresse, rien d’autre.', en: 'An address and nothing else.' })
  if (request.kind === 'http' || request.architecture === httpArchitecture) {
    return refuse({
      fr: 'Le démarrage UEFI par HTTP viendra plus tard : choisir PXE IPv4 dans le BIOS.',
      en: 'UEFI HTTP boot comes later: choose PXE IPv4 in the firmware setup.',
    })
  }
  if (request.architecture === biosArchitecture || request.architecture === undefined) {
    return refuse({
      fr: 'Ce poste démarre en mode BIOS : choisir UEFI dans son BIOS, Windows 11 en a besoin.',
      en: 'This machine boots in BIOS mode: choose UEFI in its firmware setup, Windows 11 needs it.',
    })
  }
  if (!uefiArchitectures.has(request.architecture)) {
    return refuse({
      fr: `Ce processeur (architecture ${request.architecture}) n’est pas pris en charge.`,
      en: `This processor (architecture ${request.architecture}) is not supported.`,
    })
  }
  return {
    answer: { kind: 'boot', server, file: shimFile },
    reason: { fr: `Chargeur ${shimFile} proposé.`, en: `Loader ${shimFile} offered.` },
    outcome: 'ok',
  }
}

function lease(reason: Sentence): BootDecision {
  return { answer: { kind: 'none' }, reason, outcome: 'ok' }
}

/** Without a boot file, the firmware goes on to its next boot device. */
function refuse(reason: Sentence): BootDecision {
  return { answer: { kind: 'silent', reason: reason.en }, reason, outcome: 'refused' }
}
