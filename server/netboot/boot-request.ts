import type { Sentence } from '../../text/sentence.ts'
import type { BootAnswer, BootRequest } from '../dhcp/boot.ts'
import type { Ipv4 } from '../dhcp/addresses.ts'
import { architectureNumber, architectureOf, type Architecture } from './architectures.ts'

/** What DHCP is told, and the same for a person. */
export type BootDecision = { answer: BootAnswer; reason: Sentence; outcome: 'ok' | 'refused' }

/** The signed first link of the chain, beside which shim looks for grubx64.efi. */
export const shimFile = 'shimx64.efi'

/**
 * What a machine that asks DHCP boots.
 *
 * Every PC we can boot gets the same signed loader, whatever is known of it: GRUB asks for the machine's intent later, by
 * then with the newest answer.
 */
export function decideBootAnswer(
  request: Pick<BootRequest, 'kind' | 'architecture' | 'vendorClass'>,
  server: Ipv4,
): BootDecision {
  if (request.kind === 'environment') {
    return lease({
      fr: 'Notre environnement de préparation reçoit une adresse.',
      en: 'Our boot environment gets an address.',
    })
  }
  if (request.kind === 'other') return lease({ fr: 'Une adresse, rien d’autre.', en: 'An address and nothing else.' })
  const number = architectureNumber(request)
  // PXE ROMs from before UEFI name no architecture (RFC 4578 §2.1 came later); HTTP Boot is UEFI's own.
  const architecture =
    number === null ? (request.kind === 'http' ? httpUnnamed : architectureOf(0)) : architectureOf(number)
  const refused = refusalOf(architecture, number ?? 0, request.kind === 'http')
  if (refused !== null) return refuse(refused)
  return {
    answer: { kind: 'boot', server, file: shimFile },
    reason: { fr: `Chargeur ${shimFile} proposé.`, en: `Loader ${shimFile} offered.` },
    outcome: 'ok',
  }
}

const httpUnnamed: Architecture = { kind: 'uefi-64', name: 'UEFI', http: true }

/** Why this firmware gets no loader, and what a person can do; null when it gets one. */
function refusalOf(architecture: Architecture | null, number: number, byHttp: boolean): Sentence | null {
  if (architecture === null) {
    return {
      fr: `Ce poste annonce une architecture inconnue (nº ${number}) : si c’est un PC x86-64, mettre son BIOS à jour ; sinon, il ne peut pas être préparé ici.`,
      en: `This machine names an architecture that is not known (no. ${number}): if it is an x86-64 PC, update its firmware; otherwise it cannot be prepared here.`,
    }
  }
  switch (architecture.kind) {
    case 'bios':
      return {
        fr: 'Ce poste démarre en mode BIOS : choisir UEFI dans son BIOS, Windows 11 en a besoin.',
        en: 'This machine boots in BIOS mode: choose UEFI in its firmware setup, Windows 11 needs it.',
      }
    case 'uefi-32':
      return {
        fr: 'Le micrologiciel (BIOS) de ce poste est un UEFI 32 bits, que Windows 11 refuse : chercher chez son constructeur un BIOS en 64 bits ; sinon, ce poste ne peut pas être préparé ici.',
        en: 'The firmware of this machine is 32-bit UEFI, which Windows 11 refuses: look for a 64-bit firmware at its maker; without one, this machine cannot be prepared here.',
      }
    case 'uefi-64':
      if (!architecture.http && !byHttp) return null
      return {
        fr: 'Le démarrage UEFI par HTTP viendra plus tard : choisir PXE IPv4 dans le BIOS.',
        en: 'UEFI HTTP boot comes later: choose PXE IPv4 in the firmware setup.',
      }
    case 'arm':
      return {
        fr: `Ce poste est un ARM (${architecture.name}) ; seuls les PC x86-64 (Intel, AMD) sont préparés ici : l’installer avec le support de son constructeur.`,
        en: `This machine is an ARM (${architecture.name}); only x86-64 PCs (Intel, AMD) are prepared here: install it with its maker’s own media.`,
      }
    case 'another':
      return {
        fr: `Ce poste s’annonce comme ${architecture.name} ; seuls les PC x86-64 (Intel, AMD) sont préparés ici : l’installer avec le support de son constructeur.`,
        en: `This machine says it is a ${architecture.name}; only x86-64 PCs (Intel, AMD) are prepared here: install it with its maker’s own media.`,
      }
    default:
      return architecture.kind satisfies never
  }
}

function lease(reason: Sentence): BootDecision {
  return { answer: { kind: 'none' }, reason, outcome: 'ok' }
}

/** Without a boot file, the firmware goes on to its next boot device. */
function refuse(reason: Sentence): BootDecision {
  return { answer: { kind: 'silent', reason: reason.en }, reason, outcome: 'refused' }
}
