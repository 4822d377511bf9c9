import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createDeployments, type Deployments } from '../../../../server/deployments/deployments.ts'
import type { MaterialsSource } from '../../../../server/catalogue/materials/run-materials.ts'
import { createSequences, type Sequences } from '../../../../server/deployments/planning/sequences.ts'
import { evidenceHolds } from '../../../../server/deployments/records/evidence-holds.ts'
import { hasLiveRun } from '../../../../server/deployments/records/run-store.ts'
import { createRegister, type Register } from '../../../../server/machines/register.ts'
import { createStock, type Stock } from '../../../../server/stock/stock.ts'
import type { Store } from '../../../../server/store/store.ts'
import { image, newRun, noon } from './sample.ts'

/** All services over one store, with a clock that a test turns. */
export type Workshop = {
  store: Store
  register: Register
  stock: Stock
  sequences: Sequences
  deployments: Deployments
  /** Moves the clock on. */
  pass(seconds: number): void
  /** New services over the same store, as after a restart of the server. */
  restart(): Promise<Workshop>
  close(): Promise<void>
}

const shipped = resolve(import.meta.dirname, '../../../../tasksequences/library')

async function openOver(
  store: Store,
  own: string,
  clock: { ms: number },
  materials: MaterialsSource,
): Promise<Workshop> {
  let count = 0
  const life = (await store.runs.list({})).length + (await store.machines.all()).length
  const newId = () => `id-${life}-${(count += 1)}`
  const now = () => new Date(clock.ms)
  const stock = createStock({ store, evidenceHolds, now, newId })
  const register = createRegister({
    ...{ store, onMeeting: stock.meet, onJoining: stock.join, hasRun: hasLiveRun, newId },
  })
  const sequences = createSequences({ shipped, own })
  const images = async () => [image]
  const deployments = createDeployments({
    ...{ store, register, stock, sequences, images, materials, now, newId },
    secretLacks: async () => [],
  })
  return {
    ...{ store, register, stock, sequences, deployments },
    pass: (seconds) => void (clock.ms += seconds * 1000),
    restart: () => openOver(store, own, clock, materials),
    close: async () => {
      await store.close()
      await rm(own, { recursive: true, force: true })
    },
  }
}

/** An earlier run that has left an agent asleep in the machine's Windows; gives the hash of its key. */
export async function leaveAgent({ store }: Workshop, machineId: string): Promise<string> {
  const id = `earlier-${machineId}`
  const createdAt = new Date(noon.getTime() - 86_400_000)
  await store.runs.add({ ...newRun(undefined, {}, id), machineId, createdAt, state: { kind: 'done', at: createdAt } })
  const keyHash = `key-of-${machineId}`
  await store.agentKeys.put({ keyHash, machineId, runId: id, attempt: 1, accepted: true, createdAt })
  return keyHash
}

/** A workshop with an empty folder of own sequences. */
export async function openWorkshop(store: Store, materials: MaterialsSource = async () => null): Promise<Workshop> {
  const own = await mkdtemp(join(tmpdir(), 'etabli-sequences-'))
  return openOver(store, own, { ms: noon.getTime() }, materials)
}
