import type { Ipv4 } from '../addresses.ts'
import { address, addressList } from './address.ts'
import { clientInterface, clientUuid, type ClientInterface } from './client-machine.ts'
import type { OptionKind } from './kind.ts'
import { messageType, type MessageType } from './message-type.ts'
import { codeList, uint16, uint16List, uint32 } from './number.ts'
import { opaque } from './opaque.ts'
import { terminatedText, text } from './text.ts'
import { userClass } from './user-class.ts'

/** The options we speak by name; the number of each is in the table below. */
export type NamedOptions = {
  messageType?: MessageType
  serverIdentifier?: Ipv4
  requestedAddress?: Ipv4
  leaseSeconds?: number
  subnetMask?: Ipv4
  vendorClass?: string
  /** For a PXEClient its sub-options (pxe-options.ts), for anybody else bytes of their own. */
  vendorSpecific?: Uint8Array
  bootFileName?: string
  tftpServerName?: string
  clientUuid?: string
  routers?: readonly Ipv4[]
  domainNameServers?: readonly Ipv4[]
  renewalSeconds?: number
  rebindingSeconds?: number
  broadcastAddress?: Ipv4
  domainName?: string
  hostName?: string
  rootPath?: string
  message?: string
  parameterRequestList?: readonly number[]
  maximumMessageSize?: number
  userClass?: readonly string[]
  clientArchitectures?: readonly number[]
  clientInterface?: ClientInterface
  clientIdentifier?: Uint8Array
  relayAgentInformation?: Uint8Array
}

/** Every option of a message. Options without a name, or whose bytes do not fit theirs, are kept whole in `unknown`. */
export type DhcpOptions = NamedOptions & { unknown: Map<number, Uint8Array> }

/** One line of the table: a number, a name, and how its data is read into and written from the options. */
export type OptionRow = {
  readonly code: number
  readonly name: string
  /** Bytes that do not fit make the whole packet malformed: they say who gets which address from whom. */
  readonly strict: boolean
  /** How many bytes its data has where that is fixed. */
  readonly bytes?: number
  /** False when the bytes do not fit the option's kind. */
  read(data: Uint8Array, options: NamedOptions): boolean
  write(options: NamedOptions): Uint8Array | undefined
}

function row<Name extends keyof NamedOptions>(
  code: number,
  name: Name,
  kind: OptionKind<NonNullable<NamedOptions[Name]>>,
  strictness: 'lenient' | 'strict' = 'lenient',
): OptionRow {
  return {
    code,
    name,
    strict: strictness === 'strict',
    ...(kind.bytes === undefined ? {} : { bytes: kind.bytes }),
    read: (data, options) => {
      const value = kind.decode(data)
      if (value === undefined) return false
      options[name] = value
      return true
    },
    write: (options) => {
      const value = options[name]
      return value === undefined || value === null ? undefined : kind.encode(value)
    },
  }
}

/**
 * In the order they are written: when a reply is larger than its reader takes, the last ones are left out.
 * Most are lenient: PXE ROMs in the wild send a UUID of no bytes or none at all, and such a machine shall boot.
 */
export const OPTION_ROWS: readonly OptionRow[] = [
  row(53, 'messageType', messageType),
  row(54, 'serverIdentifier', address, 'strict'),
  row(50, 'requestedAddress', address, 'strict'),
  row(51, 'leaseSeconds', uint32),
  row(1, 'subnetMask', address),
  row(60, 'vendorClass', text),
  row(43, 'vendorSpecific', opaque),
  row(67, 'bootFileName', terminatedText),
  row(66, 'tftpServerName', terminatedText),
  row(97, 'clientUuid', clientUuid),
  row(3, 'routers', addressList),
  row(6, 'domainNameServers', addressList),
  row(58, 'renewalSeconds', uint32),
  row(59, 'rebindingSeconds', uint32),
  row(28, 'broadcastAddress', address),
  row(15, 'domainName', text),
  row(12, 'hostName', text),
  row(17, 'rootPath', text),
  row(56, 'message', text),
  row(55, 'parameterRequestList', codeList),
  row(57, 'maximumMessageSize', uint16),
  row(77, 'userClass', userClass),
  row(93, 'clientArchitectures', uint16List),
  row(94, 'clientInterface', clientInterface),
  row(61, 'clientIdentifier', opaque),
]

/** Option 82 stands last in a message (RFC 3046 §2.1) and is never left out: without it a relay drops the reply. */
export const RELAY_ROW: OptionRow = row(82, 'relayAgentInformation', opaque)

const ROWS_BY_CODE = new Map([...OPTION_ROWS, RELAY_ROW].map((each) => [each.code, each]))

export function optionRow(code: number): OptionRow | undefined {
  return ROWS_BY_CODE.get(code)
}
