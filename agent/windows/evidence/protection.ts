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

/** UEFICA2023Status, as people say it. */
const progressOf: Readonly<Record<string, Sentence>> = {
  notstarted: { fr: 'pas commencé', en: 'not started' },
  inprogress: { fr: 'en cours', en: 'under way' },
  updated: { fr: 'terminé', en: 'finished' },
}

/** WindowsUEFICA2023Capable: 0 the firmware does not know the authority of 2023, 1 it does, 2 Windows starts by it, too. */
const capabilities: ReadonlyMap<number, Sentence> = new Map([
  [
    0,
    {
      fr: 'le BIOS ne connaît pas encore le certificat de 2023',
      en: 'the firmware does not know the certificate of 2023 yet',
    },
  ],
  [1, { fr: 'le BIOS connaît le certificat de 2023', en: 'the firmware knows the certificate of 2023' }],
  [
    2,
    {
      fr: 'le BIOS connaît le certificat de 2023 et démarre par lui',
      en: 'the firmware knows the certificate of 2023 and starts by it',
    },
  ],
])

/**
 * Which generation the boot manager on the ESP is of, what the firmware makes of that of 2023, and how far Windows has come
 * with the change to it (Microsoft, "Registry key updates for Secure Boot"; certificates of 2011 end in 2026). Pure.
 */
export function bootManagerItems({ bootManager }: Pick<WindowsMeasured, 'bootManager'>): EvidenceItem[] {
  const about = { id: 'boot-manager', title: { fr: 'Gestionnaire de démarrage', en: 'Boot manager' } }
  if (bootManager === null) return [noted(about, null)]
  const { issuer, version, update, capable } = bootManager
  const generation = /UEFI CA 2023/i.test(issuer) ? '2023' : /PCA 2011/i.test(issuer) ? '2011' : null
  const signed: Sentence =
    generation === null
      ? { fr: `autre signataire (${issuer || 'aucun'})`, en: `another signer (${issuer || 'none'})` }
      : { fr: `génération ${generation}`, en: `generation ${generation}` }
  const step = progressOf[update.toLowerCase()] ?? verbatim(update)
  const progress =
    update === ''
      ? []
      : [{ fr: `passage au certificat de 2023\u202f: ${step.fr}`, en: `change to the certificate of 2023: ${step.en}` }]
  const known = capabilities.get(capable)
  return [noted(about, joined([signed, verbatim(version), ...(known === undefined ? [] : [known]), ...progress]))]
}

/**
 * Whether Windows registers its shell's packages at an owner's first sign-in, where updates have come before anybody has
 * signed in; without, Start and the taskbar may not open (KB5072911). Pure.
 */
export function firstSignInItems({ firstSignIn }: Pick<WindowsMeasured, 'firstSignIn'>): EvidenceItem[] {
  const about = { id: 'first-sign-in', title: { fr: 'Première ouverture de session', en: 'First sign-in' } }
  const wanted: Sentence = { fr: 'menu Démarrer et barre des tâches prêts', en: 'Start and taskbar ready' }
  if (firstSignIn === null) return [unmeasured(about, wanted)]
  const { needed, registered } = firstSignIn
  const missing = {
    fr: 'enregistrement des composants absent (KB5072911)',
    en: 'packages are not registered (KB5072911)',
  }
  const isReady = !needed || registered
  return [expected(about, wanted, isReady ? wanted : missing, isReady)]
}

/** What the shop left in Windows' own "About" page. Pure. */
export function shopItems({ shop }: Pick<WindowsMeasured, 'shop'>): EvidenceItem[] {
  const about = { id: 'shop', title: { fr: 'Coordonnées de l’atelier', en: 'The shop’s details' } }
  const told = shop === null ? [] : [shop.name, shop.phone].filter((one) => one !== '')
  const measured = told.length === 0 ? { fr: 'aucune', en: 'none' } : verbatim(told.join(', '))
  return [noted(about, shop && measured)]
}
