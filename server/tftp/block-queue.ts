import type { BlockSource } from './block-source.ts'

/** Blocks on their way from the file to the socket, in order. */
export type BlockQueue = { send(first: number, count: number): void; stop(): void }

export type BlockQueueDeps = {
  source: BlockSource
  sendBlocks(first: number, blocks: readonly Uint8Array[]): void
  onUnreadable(error: unknown): void
}

/** Sends what is in memory at once, and the rest as soon as it was read. */
export function createBlockQueue({ source, sendBlocks, onUnreadable }: BlockQueueDeps): BlockQueue {
  /** One consecutive run of blocks that are due but not in memory yet. */
  let due: { first: number; count: number } | undefined
  let loading = false
  let stopped = false

  function drain(): void {
    if (!due || stopped) return
    const { first, count } = due
    const blocks = source.blocks(first, count)
    if (blocks) {
      due = undefined
      sendBlocks(first, blocks)
    } else if (!loading) {
      loading = true
      source.load(first, count).then(loaded, onUnreadable)
    }
  }

  function loaded(): void {
    loading = false
    drain()
  }

  return {
    send(first, count) {
      // What does not go on from the run replaces it: the client wants other blocks first.
      const goesOn = due !== undefined && due.first + due.count === first
      due = due && goesOn ? { first: due.first, count: due.count + count } : { first, count }
      drain()
    },
    stop() {
      stopped = true
    },
  }
}
