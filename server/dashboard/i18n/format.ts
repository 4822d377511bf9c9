import { locales, translate, type Language } from './text.ts'

const steps = { fr: ['o', 'ko', 'Mo', 'Go', 'To'], en: ['B', 'kB', 'MB', 'GB', 'TB'] } as const
const thin = '\u202f'

function scaled(language: Language, value: number, base: number): string {
  const names = steps[language]
  let power = 0
  let rest = value
  while (rest >= base * 0.9995 && power < names.length - 1) {
    rest /= base
    power += 1
  }
  const digits = power < 2 || rest >= 100 ? 0 : 1
  const number = new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits }).format(rest)
  return `${number}${thin}${names[power] ?? ''}`
}

/** Bytes as disk and file makers count them, by thousands: `500 Go`. */
export function bytes(language: Language, value: number): string {
  return scaled(language, value, 1000)
}

/** Bytes as memory makers count them, by 1024: 8 GiB is `8 Go` on the module's label. */
export function memory(language: Language, value: number): string {
  return scaled(language, value, 1024)
}

export function rate(language: Language, bytesPerSecond: number): string {
  return `${bytes(language, bytesPerSecond)}/s`
}

/** A share from 0 to 1; never `100 %` before it is all there. */
export function percent(language: Language, fraction: number): string {
  const whole = Math.max(0, Math.min(fraction >= 1 ? 100 : 99, Math.floor(fraction * 100)))
  return language === 'fr' ? `${whole}${thin}%` : `${whole}%`
}

/** A span of time with the two largest units: `42 s`, `1 min 10`, `2 h 05`, `3 j 4 h`. */
export function duration(language: Language, seconds: number): string {
  const all = Math.max(0, Math.round(seconds))
  const [days, hours, minutes, rest] = [
    Math.floor(all / 86_400),
    Math.floor((all % 86_400) / 3600),
    Math.floor((all % 3600) / 60),
    all % 60,
  ]
  const two = (n: number): string => String(n).padStart(2, '0')
  if (days > 0) return `${days}${thin}${language === 'fr' ? 'j' : 'd'} ${hours}${thin}h`
  if (hours > 0) return `${hours}${thin}h${thin}${two(minutes)}`
  if (minutes > 0) return `${minutes}${thin}min${thin}${two(rest)}`
  return `${rest}${thin}s`
}

/** An estimate, which knows no seconds once it is longer than a minute: `22 min`, `1 h 05`. */
export function estimate(language: Language, seconds: number): string {
  if (seconds < 60) return duration(language, seconds)
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes}${thin}min` : duration(language, minutes * 60)
}

/** How long ago, in the one unit that matters; `now` below five seconds. */
export function ago(language: Language, then: Date, now: Date): string {
  const seconds = Math.round((now.getTime() - then.getTime()) / 1000)
  if (seconds < 5) return translate(language, 'time.now')
  const format = new Intl.RelativeTimeFormat(locales[language], { style: 'short', numeric: 'always' })
  if (seconds < 60) return format.format(-seconds, 'second')
  if (seconds < 3600) return format.format(-Math.floor(seconds / 60), 'minute')
  if (seconds < 86_400) return format.format(-Math.floor(seconds / 3600), 'hour')
  if (seconds < 30 * 86_400) return format.format(-Math.floor(seconds / 86_400), 'day')
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' }).format(then)
}

/** A day as it is written down, `21 mars 2024`: of drivers and files, whose hour says nothing. */
export function day(language: Language, time: Date): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(time)
}

export function exactTime(language: Language, time: Date): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'full', timeStyle: 'medium' }).format(time)
}

export function clockTime(language: Language, time: Date, withSeconds = false): string {
  const second = withSeconds ? { second: '2-digit' as const } : {}
  const options = { hour: '2-digit', minute: '2-digit', hour12: false } as const
  return new Intl.DateTimeFormat(locales[language], { ...options, ...second }).format(time)
}
