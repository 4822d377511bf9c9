import { Type, type Static } from 'typebox'
import type { Sentence } from '../../../text/sentence.ts'

/** What became of one setting. */
export const SettingReport = Type.Object({
  setting: Type.String(),
  outcome: Type.Union([Type.Literal('set'), Type.Literal('failed')]),
  /** What Windows said against it. */
  words: Type.Optional(Type.String()),
})
export type SettingReport = Static<typeof SettingReport>

/** What people call each setting of `set-windows`. */
const names: Readonly<Record<string, Sentence>> = {
  power: { fr: 'alimentation', en: 'power' },
  hibernate: { fr: 'veille prolongée', en: 'hibernation' },
  description: { fr: 'description du poste', en: 'description' },
  driveLabel: { fr: 'nom du disque C', en: 'label of drive C' },
  oem: { fr: 'coordonnées de l’atelier', en: 'the shop’s contact' },
  tidyExplorer: { fr: 'explorateur', en: 'file explorer' },
  tidyDesktop: { fr: 'bureau', en: 'desktop' },
  computerName: { fr: 'nom du poste', en: 'computer name' },
}

/** The failed ones, as people call them. Pure. */
export function failedNames(reports: readonly SettingReport[]): Sentence {
  const failed = reports.filter(({ outcome }) => outcome === 'failed').map(({ setting }) => names[setting])
  return {
    fr: failed.map((one) => one?.fr ?? '?').join(', '),
    en: failed.map((one) => one?.en ?? '?').join(', '),
  }
}

/** A setting is done when nothing was said against it. Pure. */
export function reportOf(setting: string, problems: readonly string[]): SettingReport {
  return problems.length === 0
    ? { setting, outcome: 'set' }
    : { setting, outcome: 'failed', words: problems.join('\n').slice(0, 2000) }
}
