import { chooseLanguage, language } from './i18n/language.svelte.ts'
import { languages, type Language } from './i18n/text.ts'

export const themes = ['auto', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const kept = $state<{ theme: Theme | null }>({ theme: null })

/** The theme a person chose; null while nobody has. */
export function theme(): Theme | null {
  return kept.theme
}

export function setTheme(next: Theme): void {
  kept.theme = next
  localStorage.setItem('theme', next)
  paint(next)
}

export function setLanguage(next: Language): void {
  localStorage.setItem('language', next)
  chooseLanguage(next)
}

/** The screen on the wall is dark as long as nobody says otherwise. */
export function dressForWall(): void {
  if (kept.theme === null) paint('dark')
}

/** Puts on what was chosen on this device before. French comes first. */
export function loadPreferences(): void {
  chooseLanguage(languages.find((one) => one === localStorage.getItem('language')) ?? language())
  kept.theme = themes.find((one) => one === localStorage.getItem('theme')) ?? null
  if (kept.theme !== null) paint(kept.theme)
}

/** What was last chosen somewhere, for the next time; null when nothing was. */
export function recall(key: 'sequence'): string | null {
  return localStorage.getItem(`last.${key}`)
}

export function remember(key: 'sequence', value: string): void {
  localStorage.setItem(`last.${key}`, value)
}

function paint(next: Theme): void {
  if (next === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
}
