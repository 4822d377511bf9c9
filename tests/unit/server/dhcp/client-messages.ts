import type { Ipv4 } from '../../../../server/dhcp/addresses.ts'
import type { DhcpPacket } from '../../../../server/dhcp/packet.ts'
import type { NamedOptions } from '../../../../server/dhcp/options/table.ts'

export const SERVER: Ipv4 = '10.77.0.1'
export const ROUTER: Ipv4 = '10.77.0.254'
export const MAC = '02:00:5e:10:00:01'
export const OTHER_MAC = '02:00:5e:10:00:02'
export const UUID = '4c4c4544-0050-3810-8052-b4c04f4a4e32'

/** What the UEFI firmware of a NUC says of itself. */
export const PXE: NamedOptions = {
  vendorClass: 'PXEClient:Arch:00007:UNDI:003016',
  clientArchitectures: [7],
  clientInterface: { type: 1, major: 3, minor: 16 },
  clientUuid: UUID,
  parameterRequestList: [1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 43, 50, 51, 54, 60, 66, 67, 97, 128],
}
export const HTTP: NamedOptions = { vendorClass: 'HTTPClient:Arch:00016:UNDI:003001', clientArchitectures: [16] }
export const ENVIRONMENT: NamedOptions = { vendorClass: 'Etabli' }
export const WINDOWS: NamedOptions = { vendorClass: 'MSFT 5.0', hostName: 'DESKTOP-1' }

/** A client's message: header fields and options over those of an Ethernet client without an address. */
export function message(options: NamedOptions, header: Partial<Omit<DhcpPacket, 'options'>> = {}): DhcpPacket {
  return {
    op: 'request',
    htype: 1,
    hops: 0,
    xid: 0x12345678,
    secs: 0,
    flags: 0,
    ciaddr: '0.0.0.0',
    yiaddr: '0.0.0.0',
    siaddr: '0.0.0.0',
    giaddr: '0.0.0.0',
    chaddr: MAC,
    sname: '',
    file: '',
    ...header,
    options: { ...options, unknown: new Map() },
  }
}

export function discover(options: NamedOptions, header?: Partial<Omit<DhcpPacket, 'options'>>): DhcpPacket {
  return message({ ...options, messageType: 'discover' }, header)
}

export function request(options: NamedOptions, header?: Partial<Omit<DhcpPacket, 'options'>>): DhcpPacket {
  return message({ ...options, messageType: 'request' }, header)
}
