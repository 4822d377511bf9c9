import { describe, expect, test } from 'vitest'
import { identityOf } from '../../../../server/machines/identity.ts'
import { inventory } from '../deployments/sample.ts'
import { M1, M2 } from './identities.ts'

describe('the identity of an inventory', () => {
  test.each([['usb'], ['thunderbolt'], ['unknown']] as const)('leaves out a network card on %s', (bus) => {
    const docked = inventory({ macs: [M1, M2] })
    const [built, dock] = docked.networkInterfaces
    if (!built || !dock) throw new Error('the sample has two adapters')
    const cards = (own: 'pci' | 'other') => [
      { ...built, bus: own },
      { ...dock, driver: 'a_driver_of_tomorrow', bus },
    ]
    for (const own of ['pci', 'other'] as const) {
      expect(identityOf({ ...docked, networkInterfaces: cards(own) }).macs).toEqual([M1])
    }
  })

  test('takes the board’s serial where the system has none', () => {
    const bare = inventory({ serial: 'To be filled by O.E.M.' })
    expect(identityOf({ ...bare, board: { ...bare.board, serial: 'BOARD77' } }).serial).toBe('BOARD77')
    expect(identityOf(bare).serial).toBeNull()
  })

  test('has the address of its Wi-Fi card, and says that it is one', () => {
    const [wired, wifi] = inventory({ macs: [M1, M2] }).networkInterfaces
    if (!wired || !wifi) throw new Error('the sample has two adapters')
    const laptop = { ...inventory(), networkInterfaces: [wired, { ...wifi, wireless: true }] }
    expect(identityOf(laptop)).toMatchObject({ macs: [M1, M2], wirelessMacs: [M2] })
  })

  test('names internal disks by what is written in them', () => {
    const [disk] = inventory().disks
    if (!disk) throw new Error('the sample has a disk')
    const disks = [
      disk,
      { ...disk, serial: null, wwn: 'eui.0025385b71b0c0d1' },
      { ...disk, serial: 'QM00001', wwn: 'eui.0000000000000000' },
      { ...disk, serial: 'To be filled by O.E.M.', wwn: '0x5000000000000000' },
      { ...disk, serial: 'STICK77', transport: 'usb' as const },
      { ...disk, serial: 'CARD77', removable: true },
    ]
    expect(identityOf({ ...inventory(), disks }).disks).toEqual(['samsung ssd 980 s649nx0t0', 'eui.0025385b71b0c0d1'])
  })
})
