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
      return [{ name, mac, driver, speedMbps: speed > 0 ? speed : null, address: addressOf(name), wireless }]
    }),
  )
  return interfaces.flat().slice(0, 32)
}
