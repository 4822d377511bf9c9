import type { Sentence } from './sentence.ts'

const daySeconds = 86_400
const units = [
  ['year', 365 * daySeconds],
  ['month', 30 * daySeconds],
  ['day', daySeconds],
  ['hour', 3600],
  ['minute', 60],
] as const

/**
 * How wrong a machine's clock was when it came, and what became of it.
 *
 * @param clock - `aheadSeconds` is negative for a clock that was behind
 */
export function clockSentence(clock: { aheadSeconds: number; corrected: boolean }): Sentence {
  const isBehind = clock.aheadSeconds < 0
  const span = roughly(Math.abs(clock.aheadSeconds))
  const [late, early] = isBehind ? ['retardait', 'behind'] : ['avançait', 'ahead']
  return clock.corrected
    ? {
        fr: `L’horloge du poste ${late} de ${span.fr} ; elle a été mise à l’heure. Sa pile est sans doute à remplacer.`,
        en: `The machine’s clock was ${span.en} ${early}; it has been set. Its battery probably has to be replaced.`,
      }
    : {
        fr: `L’horloge du poste ${late} de ${span.fr} et n’a pas pu être mise à l’heure. Réglez-la dans le BIOS ; sa pile est sans doute à remplacer.`,
        en: `The machine’s clock was ${span.en} ${early} and could not be set. Set it in the firmware; its battery probably has to be replaced.`,
      }
}

/** A span by its largest unit alone: nobody needs the days of nine years. */
function roughly(seconds: number): Sentence {
  const [unit, length] = units.find(([, one]) => seconds >= one) ?? (['second', 1] as const)
  const amount = Math.floor(seconds / length)
  const inWords = (locale: string): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
      .format(amount)
      .replace(/[\u00a0 ]/g, '\u202f')
  return { fr: inWords('fr-FR'), en: inWords('en-GB') }
}
