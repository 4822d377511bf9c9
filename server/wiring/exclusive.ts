import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import type { Config } from '../configuration/read.ts'
import { closeDataFolder, makeDataFolder } from '../store/data-folder.ts'
import { lockDatabase } from '../store/database-lock.ts'
import { lockFolder, type FolderLock } from '../store/folder-lock.ts'

/** That nobody else uses the data folder and the database while this server runs. */
export type ExclusiveUse = {
  folder: Pick<FolderLock, 'tell'>
  /** Becomes the reason once another server has taken the database: this one has to stop. */
  lost: Promise<Error>
}

/**
 * Takes data folder and database for this server, before anything in them is read, swept or migrated.
 *
 * @param opened lets go of both, last of all
 * @throws Refusal of store/errors.ts, as DATA_FOLDER_IN_USE
 */
export async function takeExclusiveUse(
  config: Pick<Config, 'databaseUrl'>,
  dataDir: string,
  opened: AsyncDisposableStack,
  { log, now }: { log: Logger; now: () => Date },
): Promise<ExclusiveUse> {
  await makeDataFolder(dataDir)
  const holder = { pid: process.pid, host: hostname(), since: now().toISOString() }
  const folder = lockFolder(dataDir, holder)
  opened.defer(() => folder.release())
  for (const { path, was, refused } of await closeDataFolder(dataDir)) {
    const fields = { code: refused ? 'DATA_FOLDER_STILL_OPEN' : 'DATA_FOLDER_CLOSED', path, was }
    log.warn(fields, refused ? 'others may read this, and the system refuses to change it' : 'others could read this')
  }
  const lost = Promise.withResolvers<Error>()
  if (config.databaseUrl !== null) {
    const lock = await lockDatabase({
      url: config.databaseUrl,
      holder: { ...holder, name: randomUUID().slice(0, 8) },
      onBroken: (error) => log.warn({ err: error, code: 'DATABASE_LOCK_BROKEN' }, 'database lock'),
      onRetaken: () => log.info('database lock taken again'),
      onLost: lost.resolve,
    })
    opened.defer(() => lock.release())
  }
  return { folder, lost: lost.promise }
}
