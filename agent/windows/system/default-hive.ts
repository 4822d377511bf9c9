import { setTimeout as sleep } from 'node:timers/promises'
import type { StepContext } from '../../runtime/step.ts'
import { hasKey } from './registry-access.ts'
import { windowsPath } from './windows-path.ts'

/** Where the hive that new users get is put while it is written to. */
const place = 'HKU\\EtabliDefaultUser'
const hiveFile = '%SystemDrive%\\Users\\Default\\NTUSER.DAT'
const tries = 5

/**
 * Loads the hive that every user to come begins with, and unloads it in any case, also when the step is cancelled: while
 * it is loaded, nobody who logs on for the first time gets a profile. Gives the problems, none when all went well.
 */
export async function withDefaultHive(
  context: StepContext,
  use: (hive: string) => Promise<string[]>,
  pauseMs = 1000,
): Promise<string[]> {
  const { exec } = context
  // An agent that was killed in between has left it.
  if (await hasKey(exec, place)) await exec('reg.exe', ['unload', place])
  const loaded = await exec('reg.exe', ['load', place, windowsPath(hiveFile)])
  if (loaded.kind !== 'exited' || loaded.code !== 0) {
    const message = loaded.kind === 'missing' ? 'no reg.exe' : loaded.stderr.trim()
    return [`${hiveFile} cannot be loaded: ${message}`]
  }
  try {
    return await use(place)
  } finally {
    await unload(context, pauseMs)
  }
}

async function unload({ exec, log }: StepContext, pauseMs: number): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const end = await exec('reg.exe', ['unload', place], { afterCancel: true })
    if (end.kind === 'exited' && end.code === 0) return
    if (tried === tries) {
      log('error', `the hive of new users stays loaded until the next restart: ${place}`)
      return
    }
    // A scanner may hold a key for a moment. The step's clock would end with its cancellation, and this must not.
    await sleep(pauseMs)
  }
}
