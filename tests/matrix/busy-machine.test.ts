import { afterAll, beforeAll } from 'vitest'
import { canPrepare } from '../interop/preparation.ts'
import { startOtherPrograms } from './other-programs.ts'

// The suites that partition, mount and prepare disks, once more while other programs use loop devices, mounts and the
// processors: what they find must not depend on who else is there.
if (canPrepare()) {
  let end: () => Promise<void>
  beforeAll(() => {
    end = startOtherPrograms()
  })
  afterAll(() => end())
}

await import('../interop/agent-partition.test.ts')
await import('../interop/agent-prepare.test.ts')
await import('../interop/agent-prepare-faults.test.ts')
await import('../interop/agent-apply.test.ts')
