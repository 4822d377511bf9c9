import { formatDuration } from '../../../text/quantities.ts'
import { locales, translate, type Language } from './text.ts'

const thin = '\u202f'

/** A share from 0 to 1; never `100 %` before it is all there. */
export function percent(language: Language, fraction: number): string {
  const whole = Math.max(0, Math.min(fraction >= 1 ? 100 : 99, Math.floor(fraction * 100)))
  return language === 'fr' ? `${whole}${thin}%` : `${whole}%`
}

/** An estimate, which knows no seconds once it is longer than a minute: `22 min`, `1 h 05`. */
export function estimate(language: Language, seconds: number): string {
  if (seconds < 60) return formatDuration(seconds, language)
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes}${thin}min` : formatDuration(minutes * 60, language)
}

/** A span that is known from hardly less to hardly more: `20 à 35 min`, `5 min au plus`, `moins d’une minute`. */
export function span(language: Language, least: number, most: number): string {
  if (most < 60) return translate(language, 'time.soon')
  const step = most > 30 * 60 ? 5 : 1
  const [from, to] = [Math.floor(least / 60 / step) * step, Math.ceil(most / 60 / step) * step]
  const upTo = estimate(language, to * 60)
  if (from === 0) return to === 1 ? upTo : translate(language, 'time.most', { duration: upTo })
  // So narrow a span is one number, the later one, which does not break.
  if (to - from <= step || most - least <= most * 0.15) return upTo
  const fromWhere = to < 60 ? String(from) : estimate(language, from * 60)
  return translate(language, 'time.from-to', { from: fromWhere, to: upTo })
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
