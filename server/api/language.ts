export type Language = 'fr' | 'en'

/**
 * The language a request wants, of the two we speak; French when in doubt.
 *
 * @param header the Accept-Language header (RFC 9110 §12.5.4), `en-GB,en;q=0.8,fr;q=0.5`.
 */
export function preferredLanguage(header: string | undefined): Language {
  const weights = { fr: 0, en: 0 }
  for (const part of (header ?? '').slice(0, 256).split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const primary = range.split('-')[0]
    if (primary !== 'fr' && primary !== 'en') continue
    const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean)
    weights[primary] = Math.max(weights[primary], quality === undefined ? 1 : Number(quality) || 0)
  }
  return weights.en > weights.fr ? 'en' : 'fr'
}
