import { ForksPoolWorker, type PoolOptions } from 'vitest/node'
import { inOwnMountNamespace } from './mount-namespace.ts'

/** Runs each test file in a process with mounts of its own; without root there is nothing to mount, and it just forks. */
class OwnMountsWorker extends ForksPoolWorker {
  override start(): Promise<void> {
    // The process is forked before `start` waits for anything; a test in tests/interop holds that it is so.
    return process.getuid?.() === 0 ? inOwnMountNamespace(() => super.start()) : super.start()
  }
}

/** For `pool` in vitest's configuration. */
export const ownMounts = {
  name: 'own-mounts',
  createPoolWorker: (options: PoolOptions) => new OwnMountsWorker(options),
}
