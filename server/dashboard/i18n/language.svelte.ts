import { formatBytes, formatDuration, formatMemory, formatRate } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import * as format from './format.ts'
import { translate, typeset, type Key, type Language, type Params } from './text.ts'

const chosen = $state<{ language: Language }>({ language: 'fr' })

export function language(): Language {
  return chosen.language
}

/** Speaks this language from now on; everything on the screen is said again. */
export function chooseLanguage(next: Language): void {
  chosen.language = next
  document.documentElement.lang = next
}

/** The text of a key in the chosen language. */
export function t<K extends Key>(key: K, ...params: Params<K>): string {
  return translate(chosen.language, key, ...params)
}

/** What the server or the agent says in every language, in ours. */
export function say(sentence: Sentence): string {
  return typeset(chosen.language, sentence[chosen.language])
}

/** Figures and times in the chosen language. */
export const show = {
  bytes: (value: number) => formatBytes(value, chosen.language),
  memory: (value: number) => formatMemory(value, chosen.language),
  rate: (value: number) => formatRate(value, chosen.language),
  percent: (fraction: number) => format.percent(chosen.language, fraction),
  duration: (seconds: number) => formatDuration(seconds, chosen.language),
  estimate: (seconds: number) => format.estimate(chosen.language, seconds),
  span: (least: number, most: number) => format.span(chosen.language, least, most),
  ago: (then: Date, now: Date) => format.ago(chosen.language, then, now),
  day: (time: Date) => format.day(chosen.language, time),
  exact: (time: Date) => format.exactTime(chosen.language, time),
  clock: (time: Date, withSeconds = false) => format.clockTime(chosen.language, time, withSeconds),
}
