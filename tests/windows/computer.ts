import { linkSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writeAgent, openWine, type WineProgram } from '../interop/wine.ts'
import { openMachineFolder, type MachineFolder } from './machine-folder.ts'
import { freshMachine, started, type Machine } from './machine.ts'
import { standInExecutables } from './stand-in-executable.ts'

/** A PC with Windows on its disk: Wine, with our stand-ins for what Wine does not do, and a power button. */
export type Computer = {
  /** Drive C:. */
  drive: string
  machine: MachineFolder
  /** Puts another Windows on the disk, with the agent and this configuration; the power is off. */
  lay(machine: Partial<Machine>, configuration: unknown): void
  /** Lets Windows start, and start anew whenever it asked for that, until it has switched itself off. */
  runUntilOff(signal: AbortSignal): Promise<void>
  /** Off and on again at once, while it runs. */
  cutPower(): void
  /** Off and not on again: what `runUntilOff` waits for then, has happened. */
  switchOff(): Promise<void>
  /** What the agent has written to its console since the Windows was laid down. */
  console(): string
  close(): Promise<void>
}

export type ComputerParts = { agent: string; cacheDir: string; signal: AbortSignal }

const executable = 'C:\\ProgramData\\Etabli\\etabli-agent.exe'

export async function assembleComputer({ agent, cacheDir, signal }: ComputerParts): Promise<Computer> {
  const wine = await openWine({ WINEPATH: 'C:\\stand-in', ETABLI_STAND_IN: 'C:\\stand-in\\machine' })
  const standIns = join(wine.drive, 'stand-in')
  await standInExecutables(standIns, cacheDir, signal)
  // The one program that is called by its full path.
  mkdirSync(join(wine.drive, 'windows/system32/Sysprep'))
  linkSync(join(standIns, 'sysprep.exe'), join(wine.drive, 'windows/system32/Sysprep/sysprep.exe'))
  const machine = openMachineFolder(join(standIns, 'machine'))
  let starts: WineProgram[] = []
  let running: WineProgram | null = null
  let cut = false
  let off = false

  const runUntilOff = async (until: AbortSignal): Promise<void> => {
    for (let first = true; ; first = false) {
      until.throwIfAborted()
      if (!first) machine.write(started(machine.read()))
      cut = false
      const program = (running = wine.start(executable, ['run']))
      starts.push(program)
      const stop = (): void => program.kill()
      until.addEventListener('abort', stop)
      const code = await program.ended
      until.removeEventListener('abort', stop)
      until.throwIfAborted()
      const { power } = machine.read()
      // Whatever the agent has started ends with Windows.
      await wine.cutPower()
      if (off || (power === 'off' && !cut)) return
      if (power === 'on' && !cut) throw new Error(`the agent ended with ${code}:\n${program.output()}`)
    }
  }
  return {
    drive: wine.drive,
    machine,
    lay: (differences, configuration) => {
      off = false
      starts = []
      machine.forget()
      machine.write(freshMachine(differences))
      writeAgent(wine, agent, configuration)
    },
    runUntilOff,
    cutPower: () => {
      cut = true
      running?.kill()
    },
    switchOff: async () => {
      off = true
      running?.kill()
      await running?.ended
      await wine.cutPower()
    },
    console: () => starts.map((one) => one.output()).join(''),
    close: () => wine.close(),
  }
}
