import type { Step, Steps } from '../../step.ts'
import type { WindowsDoors } from '../doors.ts'
import { restart, shutDown } from './departures.ts'
import { runCommand } from './run-command.ts'

/** What the agent can do in Windows, by step type. */
export function windowsSteps(doors: WindowsDoors): Steps {
  return new Map<string, Step>([
    ['run-command', runCommand(doors)],
    ['restart', restart],
    ['shut-down', shutDown],
  ])
}
