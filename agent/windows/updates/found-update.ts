import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** An update Windows Update offers, as `update-search.ps1` reads it from IUpdate (Microsoft, "IUpdate interface"). */
export const FoundUpdate = Type.Object({
  id: Type.String({ maxLength: 64 }),
  revision: Type.Integer(),
  title: Type.String(),
  /** `KB5066835`; drivers have none. */
  kbs: Type.Array(Type.String()),
  type: Type.Union([Type.Literal('software'), Type.Literal('driver')]),
  /** Ids, in lower case: their names come in the language of Windows. */
  categories: Type.Array(Type.String()),
  /** BrowseOnly: it is never installed unless somebody picks it. */
  browseOnly: Type.Boolean(),
  /** Found only when asked for DeploymentAction='OptionalInstallation'. */
  optional: Type.Boolean(),
  autoSelect: Type.Boolean(),
  /** InstallationBehavior.CanRequestUserInput: it may wait for an answer nobody gives. */
  userInput: Type.Boolean(),
  /** It is installed, and the machine has to restart. */
  restartPending: Type.Boolean(),
  /** MsrcSeverity; empty for what mends no weakness. */
  severity: Type.String(),
})
export type FoundUpdate = Static<typeof FoundUpdate>

const SearchAnswer = Type.Union([
  Type.Object({ outcome: Type.Literal('found'), updates: Type.Array(FoundUpdate) }),
  Type.Object({ outcome: Type.Literal('failed'), hresult: Type.Integer(), message: Type.String() }),
])
export type SearchAnswer = Static<typeof SearchAnswer>

/** What a search came to, or null when the answer has another shape. */
export function readSearchAnswer(answer: unknown): SearchAnswer | null {
  return Value.Check(SearchAnswer, answer) ? answer : null
}

/** What an update is known by: Microsoft changes an update under its id, and counts its revisions. */
export function keyOf({ id, revision }: Pick<FoundUpdate, 'id' | 'revision'>): string {
  return `${id.toLowerCase()}.${revision}`
}
