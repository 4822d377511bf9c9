import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** The script `seal-readiness`. */
export function sealReadiness(machine: Machine): Answer {
  return { machine, code: 0, result: { busy: false, encrypted: machine.encrypted ? ['C:'] : [] } }
}

/** The script `seal-traces`: answer files and what else holds a password go. */
export function sealTraces(machine: Machine): Answer {
  return { machine: { ...machine, traces: [] }, code: 0, result: { removed: machine.traces, left: [] } }
}

/** The script `seal-account`. */
export function sealAccount(machine: Machine, { name, task }: Record<string, unknown>): Answer {
  const account = machine.accounts.find((one) => one.name === name)
  const others = machine.accounts.filter((one) => one !== account)
  const result = (state: string) => ({ state, others: others.map((one) => one.name) })
  if (account === undefined) return { machine, code: 0, result: result('absent') }
  if (task === 'remove') return { machine: { ...machine, accounts: others }, code: 0, result: result('removed') }
  const accounts = [...others, { ...account, password: false }]
  return { machine: { ...machine, accounts }, code: 0, result: result('open') }
}

/** The script `sysprep-outcome`. */
export function sysprepOutcome(machine: Machine): Answer {
  const imageState = machine.sealed ? 'IMAGE_STATE_SPECIALIZE_RESEAL_TO_OOBE' : 'IMAGE_STATE_COMPLETE'
  return { machine, code: 0, result: { succeeded: machine.sealed, imageState, errors: [] } }
}

/** The script `forget-at-restart`. */
export function forgetAtRestart(machine: Machine, { paths }: Record<string, unknown>): Answer {
  const more: string[] = Array.isArray(paths) ? paths : []
  return { machine: { ...machine, goAtStart: [...machine.goAtStart, ...more] }, code: 0, result: { refused: [] } }
}
