import type { Inventory } from '../../../../agent/protocol/inventory.ts'
import { parseSequence } from '../../../../tasksequences/parse/parse-sequence.ts'
import type { Variables } from '../../../../tasksequences/scalar.ts'
import { makeRun } from '../../../../server/deployments/planning/start.ts'
import type { PinnedImage, Run } from '../../../../server/deployments/run/run.ts'
import { hardwareOf } from '../../../../server/machines/hardware.ts'
import type { DescribedMachine, Machine } from '../../../../server/machines/machine.ts'

export const noon = new Date('2026-03-02T12:00:00.000Z')

/** Noon and some seconds. */
export function after(seconds: number): Date {
  return new Date(noon.getTime() + seconds * 1000)
}

export type InventoryChange = {
  uuid?: string | null
  serial?: string | null
  macs?: string[]
  disks?: number
  /** Instead of the serials that go with its first MAC address: every machine has disks of its own. */
  diskSerials?: string[]
  memory?: number
}

/** What a NUC of the workshop says of itself. */
export function inventory(change: InventoryChange = {}): Inventory {
  const {
    uuid = '4c4c4544-0042-3510-8057-b4c04f4d3332',
    serial = 'GENU1234',
    macs = ['1c:69:7a:00:00:01'],
    disks = 1,
  } = change
  const own = macs[0] === undefined || macs[0] === '1c:69:7a:00:00:01' ? '' : macs[0].replaceAll(':', '').slice(-4)
  const { diskSerials = Array.from({ length: disks }, (_, index) => `S649NX0T${index}${own}`) } = change
  return {
    system: {
      uuid,
      serial,
      manufacturer: 'Intel(R) Client Systems',
      product: 'NUC11TNHi5',
      version: null,
      sku: null,
      family: null,
    },
    board: { manufacturer: 'Intel Corporation', product: 'NUC11TNBi5', serial: null, version: null },
    firmware: { vendor: 'Intel Corp.', version: 'TNTGL357', date: '2024-01-01', mode: 'uefi', windowsKey: true },
    secureBoot: { state: 'on', trusts2011: true, trusts2023: false, revokes2011: false },
    tpm: { present: true, version: '2.0', manufacturer: 'INTC' },
    processor: { model: '11th Gen Intel(R) Core(TM) i5-1135G7', cores: 4, threads: 8, maxMhz: 4200 },
    memory: { totalBytes: change.memory ?? 16 * 2 ** 30, slots: 2, modules: [] },
    disks: diskSerials.map((diskSerial, index) => ({
      name: `nvme${index}n1`,
      model: 'Samsung SSD 980',
      serial: diskSerial,
      wwn: null,
      sizeBytes: 500_107_862_016,
      logicalSectorBytes: 512,
      transport: 'nvme' as const,
      removable: false,
      rotational: false,
      bootMedium: false,
      health: { verdict: 'good' as const, percentUsed: 0, powerOnHours: 3, temperatureCelsius: 30, mediaErrors: 0 },
    })),
    networkInterfaces: macs.map((mac, index) => ({
      name: `eth${index}`,
      mac,
      driver: 'igc',
      speedMbps: 1000,
      address: '192.0.2.10',
      wireless: false,
    })),
    devices: [],
  }
}

export const machine: Machine = {
  id: 'machine-1',
  code: 'C3F7',
  name: null,
  uuid: '4c4c4544-0042-3510-8057-b4c04f4d3332',
  serial: 'GENU1234',
  manufacturer: 'Intel(R) Client Systems',
  product: 'NUC11TNHi5',
  macs: ['1c:69:7a:00:00:01'],
  firstSeenAt: noon,
  lastSeenAt: noon,
  hardware: hardwareOf(inventory()),
}

export const described: DescribedMachine = { ...machine, inventory: inventory() }

export const image: PinnedImage = {
  id: 'windows-11-pro',
  name: 'Windows 11 Pro',
  edition: 'Professional',
  build: '10.0.26100.2033',
  sizeBytes: 5_000_000_000,
  contentBytes: 14_000_000_000,
  sha256: 'ab'.repeat(32),
  architecture: 'x64',
  languages: ['fr-FR'],
}

export const nucSequence = `
name: NUC
variables: { computerName: "OC-\${serial}", customer: Atelier }
environment:
  - check-hardware: { memoryAtLeast: 8 GiB }
  - partition-disk: { disk: only }
  - apply-image: {}
  - write-boot-files: {}
  - restart: {}
`

/** A new run of a sequence on the sample machine. */
export function newRun(source: string = nucSequence, variables: Variables = {}, id = 'run-1'): Run {
  const parsed = parseSequence(source)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const loaded = { id: 'nuc', origin: 'own' as const, replaces: false, source, version: '0123456789ab', parsed }
  return makeRun({ id, machine: described, loaded, sequence: parsed.sequence, image, variables, by: 'paul', at: noon })
}
