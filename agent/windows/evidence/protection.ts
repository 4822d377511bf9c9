import type { EvidenceItem } from '../../protocol/evidence.ts'
import type { Sentence } from '../../../text/sentence.ts'
import { isWindows11 } from './edition.ts'
import { expected, joined, noted, unmeasured, verbatim } from './item.ts'
import type { WindowsMeasured } from './measurements.ts'

const on: Sentence = { fr: 'activé', en: 'on' }
const secureBootStates: Readonly<Record<'on' | 'off' | 'unsupported', Sentence>> = {
  on,
  off: { fr: 'désactivé', en: 'off' },
  unsupported: { fr: 'non pris en charge', en: 'not supported' },
}

/** Secure Boot and TPM: Windows 11 asks for both (Microsoft, "Windows 11 requirements"), Windows 10 for none. Pure. */
export function firmwareItems(measured: Pick<WindowsMeasured, 'version' | 'secureBoot' | 'tpm'>): EvidenceItem[] {
  const secureBoot = { id: 'secure-boot', title: { fr: 'Démarrage sécurisé', en: 'Secure Boot' } }
  const tpm = { id: 'tpm', title: { fr: 'Puce TPM', en: 'TPM' } }
  const two: Sentence = { fr: '2.0, activée', en: '2.0, on' }
  const state = measured.secureBoot?.state ?? null
  const chip = measured.tpm
  const tpmFound = chip && tpmState(chip)
  const stateFound = state === null ? null : secureBootStates[state]
  if (measured.version !== null && !isWindows11(measured)) return [noted(secureBoot, stateFound), noted(tpm, tpmFound)]
  return [
    stateFound === null ? unmeasured(secureBoot, on) : expected(secureBoot, on, stateFound, state === 'on'),
    chip === null || tpmFound === null
      ? unmeasured(tpm, two)
      : expected(tpm, two, tpmFound, chip.present && chip.enabled && chip.version.startsWith('2')),
  ]
}

function tpmState({ present, version, enabled }: NonNullable<WindowsMeasured['tpm']>): Sentence {
  if (!present) return { fr: 'absente', en: 'none' }
  return enabled
    ? { fr: `${version}, activée`, en: `${version}, on` }
    : { fr: `${version}, désactivée`, en: `${version}, off` }
}

/** Win32_EncryptableVolume: ConversionStatus 0 is fully decrypted, ProtectionStatus 1 protects. */
const decrypted = 0

/**
 * Device encryption is off: Windows 11 24H2 encrypts by itself with a key nobody has written down, until an owner signs
 * in with a Microsoft account. Pure.
 */
export function encryptionItems({ encryption }: Pick<WindowsMeasured, 'encryption'>): EvidenceItem[] {
  const about = { id: 'device-encryption', title: { fr: 'Chiffrement de l’appareil', en: 'Device encryption' } }
  const off: Sentence = { fr: 'désactivé', en: 'off' }
  if (encryption === null) return [unmeasured(about, off)]
  const encrypted = encryption.items.filter(
    ({ conversion, protection }) => conversion !== decrypted || protection === 1,
  )
  const measured = encrypted.map(({ drive }) => ({ fr: `activé sur ${drive}`, en: `on for ${drive}` }))
  return [expected(about, off, encrypted.length === 0 ? off : joined(measured), encrypted.length === 0)]
}

/**
 * Which generation the boot manager on the ESP is of, and how far Windows has come with the change to the 2023 authority
 * (UEFICA2023Status: NotStarted, InProgress, Updated). Pure.
 */
export function bootManagerItems({ bootManager }: Pick<WindowsMeasured, 'bootManager'>): EvidenceItem[] {
  const about = { id: 'boot-manager', title: { fr: 'Gestionnaire de démarrage', en: 'Boot manager' } }
  if (bootManager === null) return [noted(about, null)]
  const { issuer, version, update } = bootManager
  const generation = /UEFI CA 2023/i.test(issuer) ? '2023' : /PCA 2011/i.test(issuer) ? '2011' : null
  const signed: Sentence =
    generation === null
      ? { fr: `autre signataire (${issuer || 'aucun'})`, en: `another signer (${issuer || 'none'})` }
      : { fr: `génération ${generation}`, en: `generation ${generation}` }
  const progress = update === '' ? [] : [{ fr: `passage à 2023 : ${update}`, en: `change to 2023: ${update}` }]
  return [noted(about, joined([signed, verbatim(version), ...progress]))]
}

/** What the shop left in Windows' own "About" page. Pure. */
export function shopItems({ shop }: Pick<WindowsMeasured, 'shop'>): EvidenceItem[] {
  const about = { id: 'shop', title: { fr: 'Coordonnées de l’atelier', en: 'The shop’s details' } }
  const told = shop === null ? [] : [shop.name, shop.phone].filter((one) => one !== '')
  const measured = told.length === 0 ? { fr: 'aucune', en: 'none' } : verbatim(told.join(', '))
  return [noted(about, shop && measured)]
}
