import { copyFile, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { baseBlockBytes, readBaseBlock } from '../../../images/registry/base-block.ts'
import { MalformedHive } from '../../../images/registry/hive.ts'
import type { StepContext } from '../../runtime/step.ts'
import { copySecurity, writing } from './protected-files.ts'
import { askControlSet, controlSetKey } from './control-set.ts'
import { askAnswerFile, askService, registerService, servicesKey } from './fallback-service.ts'
import { hivexsh } from './hivexsh.ts'
import { findPath } from './windows-volume.ts'

/** Whether the fallback service is registered; the task is the usual way, so its lack stops nothing. */
export type FallbackService =
  { state: 'registered'; key: string } | { state: 'no-hive' } | { state: 'refused'; reason: string }

const configFolder = ['Windows', 'System32', 'config']
const hiveName = 'SYSTEM'

/**
 * Registers the fallback service in the applied Windows' SYSTEM hive. `hivexsh` edits a copy cell by cell, with everything
 * Windows keeps in it, and the copy takes the hive's place when it is whole, with its security. May be repeated.
 */
export async function registerFallbackService(context: StepContext, windows: string): Promise<FallbackService> {
  const folder = await findPath(windows, configFolder)
  if (folder === null) return { state: 'no-hive' }
  const copy = join(folder, `${hiveName}.etabli-new`)
  const found = await findPath(folder, [hiveName])
  if (found === null) {
    // ntfs-3g takes the old name away before it gives the new one: power may have gone just there.
    if ((await findPath(folder, [`${hiveName}.etabli-new`])) === null) return { state: 'no-hive' }
    await rename(copy, join(folder, hiveName))
  }
  const hive = found ?? join(folder, hiveName)
  const problem = await notToBeEdited(hive)
  if (problem !== null) return { state: 'refused', reason: problem }
  return writing(hive, async () => {
    try {
      await copyFile(hive, copy)
      const edited = await edit(context, copy)
      if (edited.state !== 'registered') return edited
      await flush(copy)
      await copySecurity(context, hive, copy)
      await rename(copy, hive)
      return edited
    } finally {
      await rm(copy, { force: true })
    }
  })
}

/** What Windows did not write to its end it completes from the hive's log, over whatever we would change. */
async function notToBeEdited(hive: string): Promise<string | null> {
  const handle = await open(hive)
  try {
    const start = new Uint8Array(baseBlockBytes)
    const { bytesRead } = await handle.read(start, 0, start.length, 0)
    readBaseBlock(start.subarray(0, bytesRead))
    return null
  } catch (error) {
    if (error instanceof MalformedHive) return error.message
    throw error
  } finally {
    await handle.close()
  }
}

async function edit(context: StepContext, copy: string): Promise<FallbackService> {
  const asked = await hivexsh(context, copy, askControlSet)
  const controlSet = asked.code === 0 ? controlSetKey(asked.stdout) : null
  if (controlSet === null) return { state: 'refused', reason: `no control set: ${asked.message}` }
  const services = servicesKey(controlSet)
  const own = await hivexsh(context, copy, askAnswerFile)
  if (own.code === 0)
    context.log('warning', `this image's registry names an answer file, which wins over ours: ${own.stdout}`)
  const isThere = (await hivexsh(context, copy, askService(services))).code === 0
  const written = await hivexsh(context, copy, registerService(services, isThere), ['-w'])
  return written.code === 0 ? { state: 'registered', key: services } : { state: 'refused', reason: written.message }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync()
  await handle.close()
}
