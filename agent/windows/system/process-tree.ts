import { spawn, type ChildProcess } from 'node:child_process'
import type { ProgramGroup } from '../../runtime/exec.ts'

/**
 * Windows has neither process groups nor signals: `taskkill /t` ends a program with its children (documented under
 * "taskkill"). Where that fails, the program alone is ended.
 */
export const processTree: ProgramGroup = {
  // A detached program would get a console window of its own, and would outlive an agent that is killed.
  detached: false,
  kill: (child, signal) => {
    // A grandchild that got away keeps the pipes open; the step must not wait for it.
    if (signal === 'SIGKILL') for (const pipe of [child.stdout, child.stderr]) pipe?.destroy()
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
