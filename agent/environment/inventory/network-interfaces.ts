import type { NetworkInterface } from '../../protocol/inventory.ts'
import type { SourceFiles } from './source-files.ts'

/** The machine's own network cards; bridges, tunnels and the loopback hang on no device. `addressOf` gives an IPv4 address by name. */
export async function listNetworkInterfaces(
  files: SourceFiles,
  addressOf: (name: string) => string | null,
): Promise<NetworkInterface[]> {
  const folder = 'sys/class/net'
  const interfaces = await Promise.all(
    (await files.list(folder)).map(async (name): Promise<NetworkInterface[]> => {
      const mac = await files.text(`${folder}/${name}/address`)
      const device = await files.resolve(`${folder}/${name}/device`)
      if (mac === null || device === null || mac === '00:00:00:00:00:00') return []
      // Without a link the file cannot be read, or says -1.
      const speed = Number((await files.text(`${folder}/${name}/speed`)) ?? -1)
      const wireless = (await files.list(`${folder}/${name}`)).some(
        (entry) => entry === 'wireless' || entry === 'phy80211',
      )
      const driver = await files.linkName(`${folder}/${name}/device/driver`)
      const bus = await busOf(files, device)
      return [{ name, mac, driver, bus, speedMbps: speed > 0 ? speed : null, address: addressOf(name), wireless }]
    }),
  )
  return interfaces.flat().slice(0, 32)
}

/**
 * The bus a device hangs on, by its place in the device tree: `/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0`. A card
 * of a Thunderbolt dock is on PCI, behind a port that firmware calls external; the kernel says of it that it is removable
 * (Documentation/ABI/testing/sysfs-devices-removable).
 */
async function busOf(files: SourceFiles, device: string): Promise<NonNullable<NetworkInterface['bus']>> {
  if (/\/usb\d+(\/|$)/.test(device)) return 'usb'
  const pciDevice = /^.*\/[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7](?=\/|$)/.exec(device)?.[0]
  if (pciDevice === undefined) return 'other'
  return (await files.text(`${pciDevice}/removable`)) === 'removable' ? 'thunderbolt' : 'pci'
}
