import type { BlockSource } from './block-source.ts'

/** Blocks waiting to be sent, in order. */
export type BlockQueue = { send(first: number, count: number): void; stop(): void }

export type BlockQueueDependencies = {
  source: BlockSource
  sendBlocks(first: number, blocks: readonly Uint8Array[]): void
  onUnreadable(error: unknown): void
}

/** Sends what is in memory at once, and the rest as soon as it is read. */
export function createBlockQueue({ source, sendBlocks, onUnreadable }: BlockQueueDependencies): BlockQueue {
  /** Consecutive blocks to send next that are not in memory yet. */
  let pending: { first: number; count: number } | undefined
  let loading = false
  let stopped = false

  function drain(): void {
    if (!pending || stopped) return
    const { first, count } = pending
    const blocks = source.blocks(first, count)
    if (blocks) {
      pending = undefined
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
      // Blocks that do not follow the pending ones replace them: the client wants those first.
      const isNext = pending !== undefined && pending.first + pending.count === first
      pending = pending && isNext ? { first: pending.first, count: pending.count + count } : { first, count }
      drain()
    },
    stop() {
      stopped = true
    },
  }
}
