import { execFileSync } from 'node:child_process'
import {
  closeSync,
  copyFileSync,
  constants,
  mkdirSync,
  openSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signIn, type ApiClient } from './api-client.ts'
import { startVirtualMachine, type VirtualDisk, type VirtualMachine } from './virtual-machine.ts'
import { adminPassword, openWorkshop, type Workshop } from './workshop.ts'

const minutes = 60_000
const sizeBytes = 4 * 2 ** 30
const smbios = {
  product: 'NUC13ANHi5',
  board: 'NUC13ANBi5',
  serial: 'G6AN23100XYZ',
  uuid: '0e3c6f20-9a41-11ed-a8fc-0242ac120002',
}

/** Nothing in it but the rule that would take whatever disk is there. */
const sequence = `name: Partitionner seulement
environment:
  - partition-disk: { disk: only }
    retries: 2
  - shut-down: {}
`

const Sentence = Type.Object({ fr: Type.String(), en: Type.String() })
const Machine = Type.Object({
  id: Type.String(),
  macs: Type.Array(Type.String()),
  hardware: Type.Union([
    Type.Null(),
    Type.Object({
      disks: Type.Array(Type.Object({ serial: Type.Union([Type.String(), Type.Null()]) })),
      disksRevision: Type.String(),
    }),
  ]),
})
const Run = Type.Object({
  id: Type.String(),
  state: Type.String(),
  problem: Type.Union([Type.Null(), Type.Object({ code: Type.String(), message: Sentence, fix: Sentence })]),
})
type Run = Static<typeof Run>
const listOf = <Item extends TSchema>(item: Item) => Type.Object({ items: Type.Array(item) })

let workshop: Workshop
let api: ApiClient
const running: VirtualMachine[] = []

beforeAll(async () => {
  workshop = await openWorkshop({ folder: 'tests/.output/same-identity', environment: resolve('build/environment') })
  mkdirSync(join(workshop.dataDir, 'sequences'), { recursive: true })
  writeFileSync(join(workshop.dataDir, 'sequences', 'partitionner.yaml'), sequence)
  api = await signIn(workshop.url, adminPassword)
}, 2 * minutes)

afterAll(async () => {
  for (const machine of running) await machine.cutPower()
  await workshop?.close()
})

type LabDisk = VirtualDisk & {
  /** Whether every byte is still what was on it before any machine had it. */
  isUntouched(): boolean
}

/** A disk with somebody's data at its beginning and at its end, where tables lie, and a copy to compare it with. */
function makeDisk(serial: string): LabDisk {
  const file = join(workshop.folder, `${serial}.raw`)
  const handle = openSync(file, 'w')
  for (const position of [0, sizeBytes - 2 ** 20]) writeSync(handle, randomBytes(2 ** 20), 0, 2 ** 20, position)
  closeSync(handle)
  truncateSync(file, sizeBytes)
  const before = `${file}.before`
  copyFileSync(file, before, constants.COPYFILE_FICLONE)
  const isUntouched = (): boolean => {
    try {
      execFileSync('cmp', ['--silent', file, before])
      return true
    } catch {
      return false
    }
  }
  return { kind: 'nvme', file, sizeBytes, serial, isUntouched }
}

async function plugIn(name: string, mac: string, disk: VirtualDisk): Promise<VirtualMachine> {
  const folder = join(workshop.folder, name)
  const machine = await startVirtualMachine({
    ...{ network: workshop.network, folder, name, mac, smbios, disks: [disk], memoryMiB: 2048 },
  })
  running.push(machine)
  return machine
}

const machineWith = async (mac: string) =>
  Value.Parse(listOf(Machine), await api.get('/api/machines')).items.find(
    ({ macs, hardware }) => macs.includes(mac) && hardware !== null,
  )

async function start(machine: Static<typeof Machine>): Promise<Run> {
  const disksSeen = { [machine.id]: machine.hardware?.disksRevision }
  const request = { machineIds: [machine.id], sequenceId: 'partitionner', disksSeen }
  const [run] = Value.Parse(listOf(Run), await api.post('/api/deployments', request)).items
  if (run === undefined) throw new Error('no run was made')
  return run
}

/** Asks again and again until there is an answer. */
async function until<Answer>(ask: () => Promise<Answer | undefined>, what: string, timeoutMs: number): Promise<Answer> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > end) throw new Error(`not within ${timeoutMs / 1000} s: ${what}`)
    await sleep(500)
  }
}

const untilRun = ({ id }: Run, isOver: (run: Run) => boolean) =>
  until(
    async () => {
      const run = Value.Parse(Run, await api.get(`/api/deployments/${id}`))
      return isOver(run) ? run : undefined
    },
    `run ${id} ends`,
    4 * minutes,
  )

describe('PCs with one UUID and one serial', () => {
  const [firstMac, secondMac] = ['52:54:00:77:00:0a', '52:54:00:77:00:0b']
  let first: LabDisk

  test('are two machines, and the run for one leaves the other’s disk alone', { timeout: 8 * minutes }, async () => {
    first = makeDisk('S64DPREMIER001')
    const second = makeDisk('S64DSECOND0002')
    const [, other] = await Promise.all([plugIn('first', firstMac, first), plugIn('second', secondMac, second)])
    const seen = (mac: string) => until(() => machineWith(mac), `${mac} describes itself`, 6 * minutes)
    const [one, two] = await Promise.all([seen(firstMac), seen(secondMac)])
    expect(one.id).not.toBe(two.id)
    expect([one, two].map(({ hardware }) => hardware?.disks.map(({ serial }) => serial))).toEqual([
      [first.serial],
      [second.serial],
    ])
    // Which of them is which, only a person can say.
    await expect(start(one)).rejects.toThrow('MACHINE_IN_DOUBT')
    await api.post(`/api/machines/${one.id}/apart`, { other: two.id })
    const run = await untilRun(await start(one), ({ state }) => state === 'done' || state === 'attention')
    expect(run).toMatchObject({ state: 'done', problem: null })
    expect(execFileSync('sgdisk', ['--verify', first.file], { encoding: 'utf8' })).toContain('No problems found')
    expect(other.isRunning()).toBe(true)
    expect(second.isUntouched()).toBe(true)
    await other.cutPower()
  })

  test(
    'and one network card are not told apart, yet the agent refuses the other’s disk',
    { timeout: 8 * minutes },
    async () => {
      const known = await machineWith(firstMac)
      if (known === undefined) throw new Error('it was there')
      const assigned = await start(known)
      const swapped = makeDisk('S64DECHANGE003')
      const machine = await plugIn('swapped', firstMac, swapped)
      const { state, problem } = await untilRun(assigned, (run) => run.state === 'done' || run.state === 'attention')
      expect([state, problem?.code]).toEqual(['attention', 'DISK_NOT_EXPECTED'])
      for (const serial of [first.serial, swapped.serial]) {
        expect(problem?.message.fr).toContain(serial)
        expect(problem?.message.en).toContain(serial)
      }
      expect(problem?.fix.fr).toContain('annulez cette préparation')
      expect((await machineWith(firstMac))?.id).toBe(known.id)
      await machine.serial.waitFor(/partition-disk failed: DISK_NOT_EXPECTED/, minutes)
      await machine.screenshot(join(workshop.folder, 'screen-refusing.png'))
      expect(swapped.isUntouched()).toBe(true)
    },
  )
})
