import { expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { Inventory, longestText } from '../../../../agent/protocol/inventory.ts'
import { makeDisk, makeInventory, raidController } from '../machines.ts'

/** server/api/agent/routes.ts takes no longer hello. */
const longestHello = 256 * 1024

test('a server with more of everything than any that is sold says hello within the limit', () => {
  const base = makeInventory()
  const [module] = base.memory.modules
  const [card] = base.networkInterfaces
  if (card === undefined) throw new Error('no network card')
  const inventory: Inventory = {
    ...base,
    memory: {
      ...base.memory,
      slots: 64,
      modules: Array.from({ length: 64 }, (_, index) => ({
        ...{ slot: `PROC ${index >> 5} DIMM ${index} / CPU1_CH0_DIMM0`, sizeBytes: 2 ** 36, type: 'DDR5' },
        ...{ speedMtps: 5600, manufacturer: 'SK Hynix', partNumber: 'HMCG94AGBRA177N', serial: '80AD012345ABCDEF' },
        ...module,
      })),
    },
    disks: Array.from({ length: 64 }, (_, index) =>
      makeDisk({
        name: `nvme${index}n1`,
        model: 'SAMSUNG MZWLR15THALA-00007 SOLIDIGM',
        serial: `S64DNX0R1234${index}`,
      }),
    ),
    networkInterfaces: Array.from({ length: 32 }, (_, index) => ({ ...card, name: `enp${index}s0f1np1` })),
    devices: Array.from({ length: 512 }, () => ({
      ...raidController,
      description: 'Sky Lake-E/Ice Lake-SP Integrated Memory Controller: Channel 2 DIMM 1 Error Registers and more',
    })),
  }
  expect(Value.Errors(Inventory, inventory)).toEqual([])
  const hello = { agentVersion: '0.1.0', phase: 'environment', bootId: 'x'.repeat(64), inventory }
  expect(JSON.stringify(hello).length).toBeLessThan(longestHello)
})

test('a text that is longer than makers write is no inventory’s', () => {
  const base = makeInventory()
  const system = { ...base.system, product: 'x'.repeat(longestText + 1) }
  expect(Value.Check(Inventory, { ...base, system })).toBe(false)
})
