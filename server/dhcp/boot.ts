import type { HardwareAddress, Ipv4 } from './addresses.ts'
import type { DhcpPacket } from './packet.ts'
import { DISCOVERY_CONTROL, encodePxeOptions, USE_OFFERED_BOOT_FILE } from './options/pxe-options.ts'
import type { NamedOptions } from './options/table.ts'

/**
 * Who asks: PXE firmware, HTTP Boot firmware, our own boot environment, or any other DHCP client.
 * Told from the vendor class (option 60).
 */
export type ClientKind = 'pxe' | 'http' | 'environment' | 'other'

/** The vendor class our boot environment sends, exactly. */
export const ENVIRONMENT_VENDOR_CLASS = 'Etabli'

/** What is known of a machine that asks for an address, for whoever decides what it boots. */
export type BootRequest = {
  readonly kind: ClientKind
  readonly mac: HardwareAddress
  /** SMBIOS UUID (option 97) as Linux prints it, lower case. */
  readonly uuid?: string
  /** First client architecture (option 93): 7 and 9 are x86-64 EFI, 16 is x86-64 HTTP Boot (RFC 5970 §3.3). */
  readonly architecture?: number
  readonly vendorClass?: string
  /** User classes (option 77); iPXE says `iPXE`. */
  readonly userClass: readonly string[]
  /** The address the machine is about to get, or has (INFORM). */
  readonly address: Ipv4
}

/** What the machine boots. */
export type BootAnswer =
  | {
      readonly kind: 'boot'
      /** TFTP server. */
      readonly server: Ipv4
      /** Path of the boot file on that server. */
      readonly file: string
      /** The whole URL, for HTTP Boot; `file` is used when it is missing. */
      readonly url?: string
      readonly rootPath?: string
    }
  /** No DHCP answer at all, so that the firmware goes on to its next boot device. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** An address, and nothing to boot. */
  | { readonly kind: 'none' }

/** The kind of client a vendor class stands for (PXE 2.1 §2.2.1, UEFI 2.10 §24.7.4). */
export function clientKind(vendorClass: string | undefined): ClientKind {
  if (vendorClass === ENVIRONMENT_VENDOR_CLASS) return 'environment'
  if (vendorClass?.startsWith('PXEClient')) return 'pxe'
  if (vendorClass?.startsWith('HTTPClient')) return 'http'
  return 'other'
}

export function bootRequest(request: DhcpPacket, address: Ipv4): BootRequest {
  const { clientUuid, clientArchitectures, vendorClass, userClass } = request.options
  const architecture = clientArchitectures?.[0]
  return {
    kind: clientKind(vendorClass),
    mac: request.chaddr,
    ...(clientUuid === undefined ? {} : { uuid: clientUuid }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(vendorClass === undefined ? {} : { vendorClass }),
    userClass: userClass ?? [],
    address,
  }
}

/** The part of a reply that says what to boot. */
export type BootFields = Pick<DhcpPacket, 'siaddr' | 'sname' | 'file'> & { readonly options: NamedOptions }

const NOTHING: BootFields = { siaddr: '0.0.0.0', sname: '', file: '', options: {} }

/**
 * Header fields and options for what a client boots. Both are filled: shim reads only `siaddr` and `file`
 * (shim 16.1 netboot.c), other firmware prefers options 66 and 67.
 */
export function bootFields(request: DhcpPacket, answer: BootAnswer): BootFields {
  if (answer.kind !== 'boot') return NOTHING
  const rootPath = answer.rootPath === undefined ? {} : { rootPath: answer.rootPath }
  if (clientKind(request.options.vendorClass) === 'http') {
    // HTTP Boot takes an offer only with vendor class HTTPClient, and the whole URL in option 67 (UEFI 2.10 §24.7.3.1).
    const url = answer.url ?? answer.file
    return {
      siaddr: answer.server,
      sname: '',
      file: url,
      options: { vendorClass: 'HTTPClient', bootFileName: url, ...rootPath },
    }
  }
  return {
    siaddr: answer.server,
    sname: answer.server,
    file: answer.file,
    options: { tftpServerName: answer.server, bootFileName: answer.file, ...rootPath, ...pxeOptions(request) },
  }
}

/**
 * EDK2 takes option 60 without option 43 for a BINL offer and then asks UDP port 4011; with a discovery control it is a
 * "PXE 1.0" offer, which it prefers and boots from at once (PxeBcDhcp4.c). PXE 2.1 wants the client's UUID sent back.
 */
function pxeOptions(request: DhcpPacket): NamedOptions {
  if (clientKind(request.options.vendorClass) !== 'pxe') return {}
  const { clientUuid } = request.options
  return {
    vendorClass: 'PXEClient',
    vendorSpecific: encodePxeOptions(new Map([[DISCOVERY_CONTROL, Uint8Array.of(USE_OFFERED_BOOT_FILE)]])),
    ...(clientUuid === undefined ? {} : { clientUuid }),
  }
}
