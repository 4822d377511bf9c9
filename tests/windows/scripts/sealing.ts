import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'

/** The script `seal-readiness`. */
export function sealReadiness(machine: Machine): Answer {
  const encrypted = machine.encrypted ? [{ drive: 'C:', percent: 100 }] : []
  return { machine, code: 0, result: { busy: false, encrypted, reserve: 0 } }
}

/** The script `decrypt-drives`. */
export function decryptDrives(machine: Machine): Answer {
  return { machine: { ...machine, encrypted: false }, code: 0, result: { refused: [] } }
}

/** The script `seal-session`: who is arranged for is signed in after the next start. */
export function sealSession(machine: Machine, { name, task }: Record<string, unknown>): Answer {
  const account = String(name)
  const signedIn = machine.signedIn === account
  if (task !== 'arrange') return { machine, code: 0, result: { signedIn } }
  const others = machine.accounts.filter((one) => one.name !== account)
  const accounts = [...others, { name: account, password: true }]
  return { machine: { ...machine, accounts, autoLogon: account }, code: 0, result: { signedIn } }
}

/** SCHED_S_TASK_HAS_NOT_RUN */
const neverRan = 0x41303

/** The script `run-sysprep`: sysprep runs for an administrator who is signed in, and for nobody else. */
export function runSysprep(machine: Machine, { name }: Record<string, unknown>): Answer {
  if (machine.signedIn !== name) return { machine, code: 0, result: { ran: false, code: neverRan } }
  return { machine: { ...machine, sealed: true }, code: 0, result: { ran: true, code: 0 } }
}

/** The script `first-sign-in`. */
export function firstSignIn(machine: Machine): Answer {
  return { machine: { ...machine, firstSignIns: true }, code: 0, result: { needed: true } }
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
  if (task === 'remove') {
    const signedIn = machine.signedIn === name ? null : machine.signedIn
    return { machine: { ...machine, accounts: others, signedIn }, code: 0, result: result('removed') }
  }
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
