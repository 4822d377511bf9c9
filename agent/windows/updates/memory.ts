import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** What is known of an update beyond the search that found it. */
export const KnownUpdate = Type.Object({
  key: Type.String(),
  title: Type.String(),
  kb: Type.Union([Type.String(), Type.Null()]),
  kind: Type.String(),
})
export type KnownUpdate = Static<typeof KnownUpdate>

/** A package of our catalogue that was seen to. */
export const SeenPackage = Type.Object({
  id: Type.String(),
  title: Type.String(),
  outcome: Type.Union([
    Type.Literal('installed'),
    Type.Literal('present'),
    Type.Literal('not-applicable'),
    Type.Literal('failed'),
  ]),
  /** The program's exit code; null where none ran, or where it hung. */
  code: Type.Union([Type.Integer(), Type.Null()]),
})
export type SeenPackage = Static<typeof SeenPackage>

/** What the step takes over a restart. */
const Memory = Type.Object({
  /** Passes that are behind: searches whose finds were installed. */
  pass: Type.Integer({ minimum: 0 }),
  /** Restarts for something that was pending already. */
  restartsForPending: Type.Integer({ minimum: 0 }),
  /** By key; `code` is the last HRESULT, null when the machine or the program died of it. */
  failures: Type.Record(
    Type.String(),
    Type.Object({ update: KnownUpdate, times: Type.Integer(), code: Type.Union([Type.Integer(), Type.Null()]) }),
  ),
  installed: Type.Array(Type.Object({ update: KnownUpdate, times: Type.Integer() })),
  packages: Type.Array(SeenPackage),
})
export type UpdateMemory = Static<typeof Memory>

export const freshMemory: UpdateMemory = {
  pass: 0,
  restartsForPending: 0,
  failures: {},
  installed: [],
  packages: [],
}

/** What was kept before a restart; a fresh one at the first start, and for a memory of another version. */
export function readUpdateMemory(memory: unknown): UpdateMemory {
  return Value.Check(Memory, memory) ? memory : freshMemory
}

/** One more failure of an update. Pure. */
export function withFailure(memory: UpdateMemory, update: KnownUpdate, code: number | null): UpdateMemory {
  const times = (memory.failures[update.key]?.times ?? 0) + 1
  return { ...memory, failures: { ...memory.failures, [update.key]: { update, times, code } } }
}

/** One more installation of an update, which takes its earlier failure back. Pure. */
export function withInstalled(memory: UpdateMemory, update: KnownUpdate): UpdateMemory {
  const failures = Object.fromEntries(Object.entries(memory.failures).filter(([key]) => key !== update.key))
  const before = memory.installed.find((one) => one.update.key === update.key)
  const rest = memory.installed.filter((one) => one !== before)
  return { ...memory, failures, installed: [...rest, { update, times: (before?.times ?? 0) + 1 }] }
}
