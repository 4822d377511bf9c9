import type { UpdateKind } from '../../../tasksequences/steps/windows-update.ts'
import type { FoundUpdate } from './found-update.ts'

/** What an update is to a sequence; an upgrade is another Windows, and no sequence can ask for it here. */
export type Kind = UpdateKind | 'upgrade'

/** Why an update that is offered is left alone. */
export type LeftReason =
  | 'upgrade'
  | 'kind-not-included'
  | 'on-skip-list'
  | 'wants-input'
  | 'waits-for-restart'
  | 'failed-twice'
  | 'offered-again'
  | 'passes-used-up'

/** Update classifications (Microsoft, "Update classification GUIDs"). */
const category = {
  upgrades: '3689bdc8-b205-4af4-8d4a-a63924c5e9d5',
  security: '0fa1201d-4330-4fa8-8ae9-b877473b6441',
  critical: 'e6cf1350-c01b-414d-a61f-263d14d133b4',
  definitions: 'e0789628-ce08-4437-be74-2495b842f43b',
} as const

/**
 * Previews of next month's quality updates are optional. Windows marks them as such; the words are for an agent that
 * does not: `2025-10 Cumulative Update Preview for…`, `Aperçu de la mise à jour cumulative…`, `… (préversion)`.
 */
const previewTitle = /\bpreview\b|aperçu|préversion/i

/**
 * What kind an update is; the first row that fits. A driver is a driver even where Windows lists it under "optional
 * updates": a workshop that asks for drivers wants its machine's. Pure.
 */
export function kindOf(update: FoundUpdate): Kind {
  const { type, categories, optional, browseOnly, autoSelect, severity, title } = update
  const is = (...ids: string[]): boolean => categories.some((id) => ids.includes(id.toLowerCase()))
  if (is(category.upgrades)) return 'upgrade'
  if (type === 'driver') return 'drivers'
  if (optional || browseOnly || previewTitle.test(title)) return 'optional'
  if (is(category.security, category.critical, category.definitions) || severity !== '') return 'security'
  // AutoSelectOnWebSites: what Windows Update would not tick by itself.
  return autoSelect ? 'quality' : 'optional'
}

export type SelectionRules = { include: readonly UpdateKind[]; skip: readonly string[] }

/** Whether the list names the update, by its KB number or by a part of its title. Pure. */
export function isSkipped({ kbs, title }: FoundUpdate, skip: readonly string[]): boolean {
  return skip.some((one) => {
    const number = /^(?:kb)?(\d{6,8})$/i.exec(one.trim())?.[1]
    const lower = title.toLowerCase()
    if (number === undefined) return lower.includes(one.trim().toLowerCase())
    return kbs.some((kb) => kb.replace(/^kb/i, '') === number) || new RegExp(`kb${number}(?!\\d)`).test(lower)
  })
}

/**
 * Why a sequence leaves an update alone, or null when it is wanted. An upgrade to the next version of Windows never is:
 * the run has pinned an image, and what a person chose there is not changed by its updates. Pure.
 */
export function unwantedBecause(update: FoundUpdate, { include, skip }: SelectionRules): LeftReason | null {
  const kind = kindOf(update)
  if (kind === 'upgrade') return 'upgrade'
  if (isSkipped(update, skip)) return 'on-skip-list'
  if (!include.includes(kind)) return 'kind-not-included'
  if (update.userInput) return 'wants-input'
  return null
}
