export type Locale = 'fr' | 'en'

const units = { fr: ['o', 'ko', 'Mo', 'Go', 'To'], en: ['B', 'kB', 'MB', 'GB', 'TB'] } as const
const languages = { fr: 'fr-FR', en: 'en-GB' } as const

/** `500 GB`, `1,5 To`: decimal units, as disks are sold and networks are measured. */
export function formatBytes(bytes: number, locale: Locale): string {
  return scaled(bytes, 1000, locale)
}

/** `16 GB` for 16 GiB: memory is counted in powers of two and named without the i. */
export function formatMemory(bytes: number, locale: Locale): string {
  return scaled(bytes, 1024, locale)
}

function scaled(bytes: number, base: number, locale: Locale): string {
  let value = bytes
  let step = 0
  while (value >= base * 0.9995 && step < units[locale].length - 1) {
    value /= base
    step += 1
  }
  const digits = value >= 9.95 || step === 0 ? 0 : 1
  const number = new Intl.NumberFormat(languages[locale], { maximumFractionDigits: digits }).format(value)
  return `${number}\u00a0${units[locale][step] ?? ''}`
}

/** `45 s`, `1 min 10`, `2 h 05`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const two = (value: number): string => String(value).padStart(2, '0')
  if (whole < 60) return `${whole}\u00a0s`
  if (whole < 3600) return `${Math.floor(whole / 60)}\u00a0min\u00a0${two(whole % 60)}`
  return `${Math.floor(whole / 3600)}\u00a0h\u00a0${two(Math.floor((whole % 3600) / 60))}`
}
