import type { Answer } from '../call.ts'
import type { Machine } from '../machine.ts'
import { measuredParts } from './measured-parts.ts'

/** The script `measure-hardware`: a NUC 11 with one module and one disk, whose network card has a driver or not. */
export function measureHardware(machine: Machine): Answer {
  const driver = (kind: string, name: string, service: string) => ({
    ...{ kind, name, service, version: '2.1.4.3', provider: 'Intel' },
  })
  const network = machine.devices.every(({ problem }) => problem !== 28)
  const module = {
    slot: 'SODIMM1',
    sizeBytes: 17_179_869_184,
    speed: 3200,
    manufacturer: 'Crucial',
    partNumber: 'CT16',
  }
  const result = {
    processor: { model: '11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz', cores: 4, threads: 8 },
    memory: { slots: 2, items: [module] },
    disks: {
      items: [
        {
          ...{ model: 'Samsung SSD 980 500GB', sizeBytes: 500_107_862_016, health: 0 },
          counter: { wear: 0, hours: 3, temperature: 34, errors: 0 },
        },
      ],
    },
    radio: {
      ...{ wifiHardware: true, wifi: ['Intel(R) Wi-Fi 6 AX201 160MHz'] },
      ...{ bluetoothHardware: true, bluetooth: ['Intel(R) Wireless Bluetooth(R)'] },
    },
    drivers: {
      items: [
        driver('DISPLAY', 'Intel(R) Iris(R) Xe Graphics', 'igfxn'),
        ...(network ? [driver('NET', 'Intel(R) Ethernet Controller (3) I225-V', '')] : []),
      ],
    },
  }
  return { machine, code: 0, result: measuredParts(machine, result) }
}
