import { describe, expect, test } from 'vitest'
import type { ImportView } from '../../../../server/api/images/schema.ts'
import {
  chunkBytes,
  resumable,
  uploadFile,
  type Upload,
  type UploadCalls,
} from '../../../../server/dashboard/pages/catalogue/upload.ts'
import { edition } from '../../../dashboard/moments.ts'

const [model] = edition
if (model === undefined) throw new Error('no import to copy')

/** A server that keeps what it is sent, and breaks or loses its answers when told to. */
function server(size: number, faults: Array<'broken' | 'answer lost' | 'refused'>) {
  const item: ImportView = {
    ...model,
    ...{ id: 'i', state: 'uploading', sizeBytes: size, receivedBytes: 0 },
  } as ImportView
  const sent: number[] = []
  const calls: UploadCalls = {
    send: async (offset, chunk) => {
      sent.push(offset)
      const fault = faults.shift()
      if (fault === 'refused') throw new Error('refused')
      if (offset !== item.receivedBytes) throw new Error('passing: wrong offset')
      item.receivedBytes += fault === 'broken' ? Math.floor(chunk.size / 2) : chunk.size
      if (item.receivedBytes === size) item.state = 'inspecting'
      if (fault !== undefined) throw new Error('passing: line broken')
      return { ...item }
    },
    find: async () => ({ ...item }),
    isPassing: (error) => error instanceof Error && error.message.startsWith('passing'),
    pause: async () => {},
    now: () => sent.length * 1000,
  }
  return { item, sent, calls }
}

describe('an upload', () => {
  const size = 2 * chunkBytes + 100
  const file = new Blob([new Uint8Array(size)])

  test('goes in pieces and says how far and how fast', async () => {
    const { sent, calls, item } = server(size, [])
    const told: Upload[] = []
    await uploadFile(file, 0, calls, (upload) => told.push(upload))
    expect(sent).toEqual([0, chunkBytes, 2 * chunkBytes])
    expect(item.receivedBytes).toBe(size)
    expect(told.at(-1)).toMatchObject({ sentBytes: size, waiting: false })
    expect(told.at(-1)?.bytesPerSecond).toBeCloseTo(size / 3)
  })

  test('asks where it stands after a broken piece and sends nothing twice', async () => {
    const { sent, calls, item } = server(size, ['broken'])
    const told: Upload[] = []
    await uploadFile(file, 0, calls, (upload) => told.push(upload))
    expect(sent[1]).toBe(chunkBytes / 2)
    expect(item.receivedBytes).toBe(size)
    expect(told.some((upload) => upload.waiting)).toBe(true)
  })

  test('is finished when only the last answer was lost', async () => {
    const { sent, calls } = server(100, ['answer lost'])
    await uploadFile(file.slice(0, 100), 0, calls, () => {})
    expect(sent).toEqual([0])
  })

  test('gives up on a refusal', async () => {
    const { calls } = server(size, ['refused'])
    await expect(uploadFile(file, 0, calls, () => {})).rejects.toThrow('refused')
  })

  test('goes on with an earlier one of the same name and size only', () => {
    const left: ImportView = { ...model, state: 'uploading', fileName: 'install.wim', sizeBytes: 10 }
    expect(resumable([left], { name: 'install.wim', size: 10 })).toBe(left)
    expect(resumable([left], { name: 'install.wim', size: 11 })).toBeNull()
    expect(resumable([{ ...left, state: 'failed' }], { name: 'install.wim', size: 10 })).toBeNull()
  })
})
