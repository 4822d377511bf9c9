import type { Wire } from '../dhcp/wire.ts'
import { runUdhcpc } from '../dhcp/foreign-clients.ts'
import { serverAddress } from './bench.ts'

/** A PC that starts from the network through the card of a host on the wire: other people's programs in the place of its firmware. */
export type Power = {
  uuid: string
  /** Whether its GRUB reads the firmware's UUID (`smbios`); false for one without that module. */
  grubKnowsUuid?: boolean
}

/** DHCP, shim by TFTP, and what GRUB then asks; gives the configuration that GRUB gets. */
export async function startFromNetwork(
  wire: Wire,
  host: string,
  { uuid, grubKnowsUuid = true }: Power,
): Promise<string> {
  const options = ['-x', '0x5d:0007', '-x', '0x5e:010310', '-x', `0x61:00${inSmbiosOrder(uuid)}`, '-O', 'bootfile']
  const lease = await runUdhcpc(wire, host, ['-V', 'PXEClient:Arch:00007:UNDI:003016', ...options])
  if (lease.told.boot_file !== 'shimx64.efi') throw new Error(`udhcpc was told ${JSON.stringify(lease)}`)
  await curl(wire, host, `tftp://${serverAddress}/shimx64.efi`)
  const asked = `http://${serverAddress}:8080/boot/grub/${wire.macOf(host)}`
  return curl(wire, host, grubKnowsUuid ? `${asked}/${uuid}` : asked)
}

/** Asks for a file of the environment, as GRUB and the initrd do: nothing but the address says who it is. */
export async function loadKernel(wire: Wire, host: string): Promise<void> {
  await curl(wire, host, `http://${serverAddress}:8080/boot/environment/${'c'.repeat(16)}/vmlinuz`)
}

async function curl(wire: Wire, host: string, url: string): Promise<string> {
  const { status, output } = await wire.run(host, [
    'curl',
    '--silent',
    '--show-error',
    '--fail',
    '--max-time',
    '15',
    url,
  ])
  if (status !== 0) throw new Error(`curl ${url}: ${output}`)
  return output
}

/** As it lies in SMBIOS and goes over the wire (RFC 4578 §2.3): the first three groups little endian. */
function inSmbiosOrder(uuid: string): string {
  const [a = '', b = '', c = '', ...rest] = uuid.split('-')
  const swapped = [a, b, c].map((group) => group.match(/../g)?.reverse().join('') ?? '')
  return [...swapped, ...rest].join('')
}
