import { expect, test } from 'vitest'
import { createBlockQueue } from '../../../../server/tftp/block-queue.ts'
import { openBlockSource } from '../../../../server/tftp/block-source.ts'
import { fileOfBytes } from '../../../../server/tftp/opener.ts'
import type { OpenFile } from '../../../../server/tftp/opener.ts'

const CONTENT = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * 7) % 251))

function recordedFile(overrides: Partial<OpenFile> = {}) {
  const reads: Array<{ offset: number; length: number }> = []
  const file: OpenFile = {
    ...fileOfBytes(CONTENT),
    read: (offset, length) => {
      reads.push({ offset, length })
      return Promise.resolve(CONTENT.subarray(offset, offset + length))
    },
    ...overrides,
  }
  return { file, reads }
}

async function blocksOf(file: OpenFile, blockBytes: number, window: number): Promise<Buffer> {
  const source = openBlockSource(file, blockBytes)
  const parts: Uint8Array[] = []
  const last = Math.floor(file.sizeBytes / blockBytes) + 1
  for (let first = 1; first <= last; first += window) {
    const count = Math.min(window, last - first + 1)
    await source.load(first, count)
    parts.push(...(source.blocks(first, count) ?? []))
    source.release(first + count - 1)
  }
  return Buffer.concat(parts)
}

test.each([
  [8, 1],
  [512, 1],
  [1428, 16],
  [1468, 64],
  [65464, 4],
  [400_000, 1],
])('blocks of %i bytes, %i at a time, give the file', async (blockBytes, window) => {
  expect((await blocksOf(recordedFile().file, blockBytes, window)).equals(CONTENT)).toBe(true)
})

test('an empty file is one empty block', async () => {
  const source = openBlockSource(fileOfBytes(new Uint8Array()), 512)
  await source.load(1, 1)
  expect(source.blocks(1, 1)).toEqual([new Uint8Array()])
})

test('a file of whole chunks ends with an empty block', async () => {
  const source = openBlockSource(fileOfBytes(CONTENT.subarray(0, 131_072)), 512)
  await source.load(257, 1)
  expect(source.blocks(257, 1)).toEqual([new Uint8Array()])
})

test('reads each byte once, in large pieces, and ahead of what is asked for', async () => {
  const { file, reads } = recordedFile()
  await blocksOf(file, 1428, 4)
  expect(reads.reduce((sum, read) => sum + read.length, 0)).toBe(CONTENT.length)
  expect(reads.length).toBeLessThan(5)

  const ahead = recordedFile()
  const source = openBlockSource(ahead.file, 1428)
  await source.load(1, 64)
  source.blocks(1, 64)
  expect(ahead.reads).toHaveLength(2)
})

test('a file that became shorter is an error, not a short block', async () => {
  const { file } = recordedFile({ read: () => Promise.resolve(new Uint8Array(3)) })
  await expect(openBlockSource(file, 512).load(1, 1)).rejects.toThrow(/3 bytes were read/)
})

test('closing waits for the read under way', async () => {
  const order: string[] = []
  const gate = Promise.withResolvers<Uint8Array>()
  const { file } = recordedFile({
    read: async () => {
      const bytes = await gate.promise
      order.push('read')
      return bytes
    },
    close: async () => {
      order.push('closed')
    },
  })
  const source = openBlockSource(file, 512)
  expect(source.blocks(1, 1)).toBeUndefined()
  const closed = source.close()
  gate.resolve(new Uint8Array(131_072))
  await closed
  expect(order).toEqual(['read', 'closed'])
})

test('the queue sends in order, joins what follows on and drops what the client no longer waits for', async () => {
  const gate = Promise.withResolvers<true>()
  const { file } = recordedFile({
    read: async (offset, length) => {
      await gate.promise
      return CONTENT.subarray(offset, offset + length)
    },
  })
  const sent: Array<[first: number, count: number]> = []
  const queue = createBlockQueue({
    source: openBlockSource(file, 512),
    sendBlocks: (first, blocks) => sent.push([first, blocks.length]),
    onUnreadable: (error) => expect.fail(String(error)),
  })
  queue.send(9, 4)
  queue.send(1, 4)
  queue.send(5, 2)
  expect(sent).toEqual([])
  gate.resolve(true)
  await expect.poll(() => sent).toEqual([[1, 6]])
  queue.send(7, 2)
  expect(sent).toEqual([
    [1, 6],
    [7, 2],
  ])
  queue.stop()
  queue.send(9, 2)
  expect(sent).toHaveLength(2)
})

test('the queue reports what cannot be read', async () => {
  const { file } = recordedFile({ read: () => Promise.reject(new Error('EIO: disk')) })
  const failure = Promise.withResolvers<unknown>()
  const queue = createBlockQueue({
    source: openBlockSource(file, 512),
    sendBlocks: () => expect.fail('nothing can be sent'),
    onUnreadable: failure.resolve,
  })
  queue.send(1, 1)
  expect(String(await failure.promise)).toBe('Error: EIO: disk')
})
