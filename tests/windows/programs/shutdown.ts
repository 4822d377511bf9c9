import type { Answer, Call } from '../call.ts'
import type { Machine } from '../machine.ts'

/** ERROR_SHUTDOWN_IN_PROGRESS (winerror.h). */
const inProgress = 1115

/** Takes the order; whoever plays the power sees to it. */
export function shutdown(machine: Machine, { args }: Call): Answer {
  if (machine.power !== 'on') return { machine, code: inProgress }
  const flags = args.map((arg) => arg.toLowerCase())
  if (flags.includes('/r')) return { machine: { ...machine, power: 'restart' }, code: 0 }
  if (flags.includes('/s')) return { machine: { ...machine, power: 'off' }, code: 0 }
  return { machine, code: 1, stderr: 'stand-in: shutdown.exe takes /r or /s' }
}
