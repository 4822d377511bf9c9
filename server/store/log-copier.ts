import { DatabaseSync } from 'node:sqlite'
import { parentPort, workerData } from 'node:worker_threads'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

/** The thread of log-copying.ts: copies the write-ahead log into the database at each `copy`, and ends at `close`. */
const port = parentPort
if (port === null) throw new Error('this is a thread of log-copying.ts')
const { file } = Value.Parse(Type.Object({ file: Type.String() }), workerData)
const database = new DatabaseSync(file, { timeout: 0 })
port.on('message', (order: unknown) => {
  if (order === 'close') {
    database.close()
    return port.close()
  }
  try {
    // PASSIVE waits for nobody and keeps nobody waiting: what is still being read is copied the next time.
    database.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch {
    // A full disk above all, which whoever writes is told in words; the log is kept, and copied later.
  }
  port.postMessage('copied')
})
