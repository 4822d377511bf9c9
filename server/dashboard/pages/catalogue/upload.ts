import type { ImportView } from '../../../api/images/schema.ts'

/** Small enough that a broken line costs little and progress is smooth, large enough that requests cost nothing. */
export const chunkBytes = 8 * 1024 * 1024

export type Upload = {
  sentBytes: number
  sizeBytes: number
  bytesPerSecond: number | null
  /** Set while the line is broken and it is tried again. */
  waiting: boolean
}

/** How much the server has; it is `uploading` until it has all. */
export type Received = Pick<ImportView, 'state' | 'receivedBytes'>

export type UploadCalls = {
  send(offset: number, chunk: Blob): Promise<Received>
  /** What the server has of it now; null when it is gone. */
  find(): Promise<Received | null>
  /** Whether an error is worth another try. */
  isPassing(error: unknown): boolean
  pause(ms: number): Promise<void>
  now(): number
}

/** An upload that was begun earlier and has the same name and size goes on where it stopped. */
export function resumable(imports: readonly ImportView[], file: { name: string; size: number }): ImportView | null {
  const same = (one: ImportView): boolean => one.fileName === file.name && one.sizeBytes === file.size
  return imports.find((one) => one.state === 'uploading' && same(one)) ?? null
}

/**
 * Sends a file from byte `from` to its end. After any broken request it asks the server how much arrived and goes on
 * from there, so that nothing is sent twice and nothing left out; it gives up only on a refusal.
 *
 * @throws whatever `send` or `find` throws that is not passing
 */
export async function uploadFile(file: Blob, from: number, calls: UploadCalls, report: (upload: Upload) => void) {
  const began = { at: calls.now(), bytes: from }
  let sent = from
  let failures = 0
  const tell = (waiting: boolean): void => {
    const seconds = (calls.now() - began.at) / 1000
    const bytesPerSecond = seconds > 0.5 ? (sent - began.bytes) / seconds : null
    report({ sentBytes: sent, sizeBytes: file.size, bytesPerSecond, waiting })
  }
  tell(false)
  while (sent < file.size) {
    try {
      const answer = await calls.send(sent, file.slice(sent, sent + chunkBytes))
      sent = answer.state === 'uploading' ? answer.receivedBytes : file.size
      failures = 0
      tell(false)
    } catch (error) {
      if (!calls.isPassing(error)) throw error
      failures += 1
      tell(true)
      await calls.pause(Math.min(10_000, 500 * 2 ** failures))
      sent = await resumeAt(calls, sent, file.size)
    }
  }
}

async function resumeAt(calls: UploadCalls, sent: number, size: number): Promise<number> {
  try {
    const found = await calls.find()
    if (found === null) return sent
    return found.state === 'uploading' ? found.receivedBytes : size
  } catch (error) {
    if (!calls.isPassing(error)) throw error
    return sent
  }
}
