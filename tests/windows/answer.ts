import type { Answer, Call } from './call.ts'
import type { Machine } from './machine.ts'
import { cmd } from './programs/cmd.ts'
import { msiexec } from './programs/msiexec.ts'
import { dism, wusa } from './programs/packages.ts'
import { pnputil } from './programs/pnputil.ts'
import { reg } from './programs/reg.ts'
import { shutdown } from './programs/shutdown.ts'
import { sysprep } from './programs/sysprep.ts'
import { workshopScript } from './programs/workshop-script.ts'
import { scripts } from './scripts/scripts.ts'

type Player = (machine: Machine, call: Call) => Answer

/** Programs of Windows, played. */
export const programs: ReadonlyMap<string, Player> = new Map<string, Player>([
  ['cmd.exe', cmd],
  ['dism.exe', dism],
  ['msiexec.exe', msiexec],
  ['pnputil.exe', pnputil],
  ['powershell.exe', powershell],
  ['reg.exe', reg],
  ['shutdown.exe', shutdown],
  ['sysprep.exe', sysprep],
  ['wusa.exe', wusa],
  ...['icacls.exe', 'powercfg.exe', 'schtasks.exe', 'taskkill.exe'].map((name): [string, Player] => [name, obeys]),
])

/** Does as it is told and says nothing. */
function obeys(machine: Machine): Answer {
  return { machine, code: 0 }
}

function powershell(machine: Machine, { script, atMs }: Call): Answer {
  if (script === null) return { machine, code: 1, stderr: 'stand-in: powershell.exe takes -File only' }
  if ('text' in script) return workshopScript(machine, script.text)
  const play = scripts.get(script.name)
  if (play === undefined) return { machine, code: 1, stderr: `stand-in: no answer for the script ${script.name}` }
  return play(machine, script.input, atMs)
}

/** What the machine answers to a call, and what it is afterwards. Pure. */
export function answer(machine: Machine, call: Call): Answer {
  const name = call.script !== null && 'name' in call.script ? call.script.name : call.program
  const fault = machine.faults[name]
  if (fault !== undefined && fault.times !== 0) return failing(machine, name)
  // What an installer has brought does as it is told.
  return (programs.get(call.program) ?? obeys)(machine, call)
}

/** As the test has asked; so many times, or always. */
function failing(machine: Machine, name: string): Answer {
  const { times, ...fault } = machine.faults[name] ?? { code: 1 }
  const left = times === undefined ? {} : { times: times - 1 }
  const faults = { ...machine.faults, [name]: { ...fault, ...left } }
  return { ...fault, machine: times === undefined ? machine : { ...machine, faults } }
}
