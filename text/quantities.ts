export type Locale = 'fr' | 'en'

const units = { fr: ['o', 'ko', 'Mo', 'Go', 'To'], en: ['B', 'kB', 'MB', 'GB', 'TB'] } as const
const languages = { fr: 'fr-FR', en: 'en-GB' } as const
/** Between a number and its unit, so that no line breaks there. */
const thin = '\u202f'

/** `500 GB`, `27,3 Go`: decimal units, as disks are sold and networks are measured. */
export function formatBytes(bytes: number, locale: Locale): string {
  return scaled(bytes, 1000, locale)
}

/** `16 GB` for 16 GiB: memory is counted in powers of two and named without the i, as on the module's label. */
export function formatMemory(bytes: number, locale: Locale): string {
  return scaled(bytes, 1024, locale)
}

/** `96,4 Mo/s` */
export function formatRate(bytesPerSecond: number, locale: Locale): string {
  return `${formatBytes(bytesPerSecond, locale)}/s`
}

/** In the largest unit that leaves at least 1; a tenth only where it tells something: from the third unit on, below 100. */
function scaled(amount: number, base: number, locale: Locale): string {
  let value = amount
  let step = 0
  while (value >= base * 0.9995 && step < units[locale].length - 1) {
    value /= base
    step += 1
  }
  const digits = step < 2 || value >= 99.95 ? 0 : 1
  const number = new Intl.NumberFormat(languages[locale], { maximumFractionDigits: digits }).format(value)
  return `${number}${thin}${units[locale][step] ?? ''}`
}

/** A span of time by its two largest units: `45 s`, `1 min 10`, `2 h 05`, `3 j 4 h`. */
export function formatDuration(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(seconds))
  const [days, hours, minutes] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
  ]
  const two = (value: number): string => String(value).padStart(2, '0')
  if (days > 0) return `${days}${thin}${locale === 'fr' ? 'j' : 'd'} ${hours}${thin}h`
  if (hours > 0) return `${hours}${thin}h${thin}${two(minutes)}`
  if (minutes > 0) return `${minutes}${thin}min${thin}${two(whole % 60)}`
  return `${whole}${thin}s`
}
