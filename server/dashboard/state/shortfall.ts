import type { Sentence } from '../../../text/sentence.ts'
import type { StepView } from '../../api/deployments/schema.ts'

/** How a part of a step's result is called by its kind of step: an update, an app, an INF, a setting, a package. */
const nameKeys = ['title', 'name', 'inf', 'setting', 'id', 'file'] as const
const verdictKeys = ['outcome', 'verdict', 'state'] as const

/**
 * What a step that ended well says has failed all the same, by name: it goes on past an update or an app, and its check
 * mark alone would hide that. What failed first and was installed later is no shortfall. Pure.
 */
export function shortfallsOf({ state, result }: Pick<StepView, 'state' | 'result'>): Sentence[] {
  if (state !== 'done' || result === null) return []
  const parts = Object.entries(result).flatMap(([key, value]) =>
    Array.isArray(value)
      ? value.map((part: unknown) => ({ key, name: nameOf(part, key), failed: hasFailed(part) }))
      : [],
  )
  const made = new Set(parts.filter(({ key, failed }) => key === 'installed' && !failed).map(({ name }) => name.fr))
  const names = parts.filter(({ key, failed }) => key === 'failed' || failed).map(({ name }) => name)
  return [...new Map(names.filter(({ fr }) => !made.has(fr)).map((name) => [name.fr, name])).values()]
}

function hasFailed(part: unknown): boolean {
  return verdictKeys.some((key) => fieldOf(part, key) === 'failed')
}

/** Its name; that of its list for what has none. */
function nameOf(part: unknown, list: string): Sentence {
  if (typeof part === 'string') return { fr: part, en: part }
  for (const key of nameKeys) {
    const name = fieldOf(part, key)
    if (typeof name === 'string' && name !== '') return { fr: name, en: name }
    const [fr, en] = [fieldOf(name, 'fr'), fieldOf(name, 'en')]
    if (typeof fr === 'string' && typeof en === 'string') return { fr, en }
  }
  return { fr: list, en: list }
}

function fieldOf(part: unknown, key: string): unknown {
  return typeof part === 'object' && part !== null && key in part ? (part as Record<string, unknown>)[key] : undefined
}
