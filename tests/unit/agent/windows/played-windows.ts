import type { Exec } from '../../../../agent/runtime/exec.ts'
import { answer } from '../../../windows/answer.ts'
import { freshMachine, type Machine } from '../../../windows/machine.ts'
import { scripts } from '../../../windows/scripts/scripts.ts'
import { exited, withScripts, type ScriptAnswer } from './programs.ts'

/** The stand-in's Windows without processes: the same answers at once, for steps that are called directly. */
export type PlayedWindows = { exec: Exec; machine: Machine }

/** A Windows that is fresh but for these differences; `machine` is what it has become. */
export function playedWindows(differences: Partial<Machine>): PlayedWindows {
  const windows: PlayedWindows = {
    machine: freshMachine(differences),
    exec: () => Promise.reject(new Error('not yet')),
  }
  const call = { args: [], file: null, atMs: 0 }
  const play = (name: string) => {
    return (input: Record<string, unknown>): ScriptAnswer => {
      const given = answer(windows.machine, { ...call, program: 'powershell.exe', script: { name, input } })
      windows.machine = given.machine
      const { progress = [], code, stderr = '', result } = given
      return { progress: progress.map(({ value }) => value), result, code, stderr }
    }
  }
  const players = Object.fromEntries([...scripts.keys()].map((name) => [name, play(name)]))
  const { exec } = withScripts(players, (program, args) => {
    const given = answer(windows.machine, { ...call, program, args, script: null })
    windows.machine = given.machine
    return Promise.resolve(exited(given.code, given.stdout, given.stderr))
  })
  windows.exec = exec
  return windows
}
