import { expect, test } from 'vitest'
import { builtInCards } from '../../../../agent/protocol/network-card.ts'
import type { Device, NetworkInterface } from '../../../../agent/protocol/inventory.ts'

const card = (name: string, driver: string | null): NetworkInterface => ({
  ...{ name, mac: '02:00:00:00:00:01', driver, speedMbps: null, address: null, wireless: false },
})
const device = (bus: Device['bus'], driver: string): Device => ({
  ...{ bus, driver, address: '1', hardwareId: 'X', deviceClass: '0200', description: null },
})

test('in an inventory of an earlier version, a card is on the bus of the device with its driver', () => {
  const networkInterfaces = [card('lan', 'igc'), card('dock', 'r8152'), card('soc', 'fec'), card('windows', null)]
  const devices = [device('pci', 'igc'), device('usb', 'r8152'), device('usb', 'usbhid')]
  expect(builtInCards({ networkInterfaces, devices }).map(({ name }) => name)).toEqual(['lan', 'soc', 'windows'])
})
