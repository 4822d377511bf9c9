import { spawn, type ChildProcess } from 'node:child_process'
import type { ProgramGroup } from '../exec.ts'

/**
 * Windows has neither process groups nor signals: `taskkill /t` ends a program with its children (documented under
 * "taskkill"). Where that fails, the program alone is ended.
 */
export const processTree: ProgramGroup = {
  // A detached program would get a console window of its own, and would outlive an agent that is killed.
  detached: false,
  kill: (child) => {
    if (child.pid === undefined || hasEnded(child)) return
    const taskkill = spawn('taskkill.exe', ['/pid', String(child.pid), '/t', '/f'], {
      stdio: 'ignore',
      windowsHide: true,
    })
    taskkill.once('error', () => child.kill())
    taskkill.once('exit', (code) => {
      if (code !== 0 && !hasEnded(child)) child.kill()
    })
  },
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
