import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

/** What became of one package. */
export const InstalledPackage = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: Type.Union([Type.String(), Type.Null()]),
  /** `present`: it was there before this step. */
  action: Type.Union([Type.Literal('installed'), Type.Literal('present')]),
  /** Its installer wanted a restart, and got it. */
  restarted: Type.Boolean(),
})
export type InstalledPackage = Static<typeof InstalledPackage>

/** What the step knows after a restart: packages that are done, and the one whose installer wanted the restart. */
export const InstallMemory = Type.Object({
  done: Type.Array(InstalledPackage),
  reported: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
  restartedFor: Type.Union([Type.String(), Type.Null()]),
})
export type InstallMemory = Static<typeof InstallMemory>

const nothingYet: InstallMemory = { done: [], reported: {}, restartedFor: null }

/** Reads the step's memory: empty at its first start, and begun anew when another version wrote it. */
export function readInstallMemory(memory: Record<string, unknown>): InstallMemory {
  return Value.Check(InstallMemory, memory) ? memory : nothingYet
}

/** The step's result; `facts`, which the stock record keeps, has what was reported, `reported` also what was not. */
export function installResult({ done, reported }: InstallMemory): Record<string, unknown> {
  const facts = Object.fromEntries(Object.entries(reported).filter(([, value]) => value !== null))
  return { installed: done, reported, facts }
}
