import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** The script `find-appx`. */
export function findAppx(machine: Machine, { name }: Record<string, unknown>): Answer {
  const app = machine.apps.find((one) => one.name === name && (one.installed || one.provisioned))
  const version = app === undefined ? null : (/_(\d+(?:\.\d+)+)_/.exec(app.fullName)?.[1] ?? null)
  return { machine, code: 0, result: { there: app !== undefined, version } }
}
