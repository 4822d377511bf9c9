import { findKey, findValue, type Hive, type RegistryKey, type RegistryValue } from '../registry/hive.ts'
import { decodeDevice, encodeDevice, type Device } from './device.ts'
import { parseGuid, type Guid } from './guid.ts'

/** A Boot Configuration Data store: objects, each a type and elements by number. */
export type Store = {
  /** Values of `\Description`; Windows marks the system's own store there. */
  description: RegistryValue[]
  objects: StoreObject[]
}

export type StoreObject = {
  id: Guid
  /** 0x10100002 boot manager · 0x10200003 osloader · 0x10200004 resume · 0x10200005 memtest · 0x2…… settings. */
  type: number
  /** Values of the object's `Description` beside its type, such as `FirmwareVariable`. */
  description: RegistryValue[]
  elements: Map<number, Element>
}

/** The element's number says what it is: its second hexadecimal digit is the format (BcdLibrary, Microsoft Learn). */
export type Element =
  | { kind: 'device'; device: Device }
  | { kind: 'string'; text: string }
  | { kind: 'object'; id: Guid }
  | { kind: 'objects'; ids: Guid[] }
  /** Little endian in 1 to 8 bytes: Microsoft's own media hold integers of 1 and 3 bytes. */
  | { kind: 'integer'; value: bigint; bytes: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'integers'; values: bigint[] }
  /** Anything else, as it stands in the hive. */
  | { kind: 'other'; value: RegistryValue }

const regSz = 1
const regBinary = 3
const regDword = 4
const regMultiSz = 7

/** @throws MalformedStore when the hive is no BCD store */
export function storeFromHive(hive: Hive): Store {
  const objects = findKey(hive.root, 'Objects')
  if (objects === null) throw new MalformedStore('no key Objects')
  return {
    description: findKey(hive.root, 'Description')?.values ?? [],
    objects: objects.keys.map(objectFromKey),
  }
}

/** A hive that is no BCD store: which part is missing or wrong. */
export class MalformedStore extends Error {
  constructor(what: string) {
    super(`BCD store: ${what}`)
    this.name = 'MalformedStore'
  }
}

function objectFromKey(key: RegistryKey): StoreObject {
  const id = parseGuid(key.name)
  const description = findKey(key, 'Description')?.values ?? []
  const type = description.find((value) => value.name === 'Type')
  if (id === null || type?.data.length !== 4) throw new MalformedStore(`object ${key.name}`)
  const elements = (findKey(key, 'Elements')?.keys ?? []).map((element): [number, Element] => {
    const value = findValue(element, 'Element')
    if (!/^[0-9a-f]{8}$/i.test(element.name) || value === null) throw new MalformedStore(`element ${element.name}`)
    const number = Number.parseInt(element.name, 16)
    return [number, decodeElement(number, value)]
  })
  return {
    id,
    type: Buffer.from(type.data).readUInt32LE(0),
    description: description.filter((value) => value !== type),
    elements: new Map(elements),
  }
}

/** Total: what does not fit the element's format comes back as `other`. */
export function decodeElement(number: number, value: RegistryValue): Element {
  const element = decodeByFormat((number >>> 24) & 0xf, value)
  if (element === null) return { kind: 'other', value }
  const again = encodeElement(element)
  const same = again.type === value.type && Buffer.from(again.data).equals(value.data)
  return same ? element : { kind: 'other', value }
}

function decodeByFormat(format: number, value: RegistryValue): Element | null {
  const data = Buffer.from(value.data)
  switch (format) {
    case 1:
      return { kind: 'device', device: decodeDevice(value.data) }
    case 2:
      return { kind: 'string', text: data.toString('utf16le').replace(/\0$/, '') }
    case 3: {
      const id = parseGuid(data.toString('utf16le').replace(/\0$/, ''))
      return id === null ? null : { kind: 'object', id }
    }
    case 4: {
      const ids = data
        .toString('utf16le')
        .split('\0')
        .filter((text) => text !== '')
        .map(parseGuid)
      return ids.includes(null) ? null : { kind: 'objects', ids: ids.filter((id) => id !== null) }
    }
    case 5:
      return data.length >= 1 && data.length <= 8
        ? { kind: 'integer', value: littleEndian(data), bytes: data.length }
        : null
    case 6:
      return data.length === 1 ? { kind: 'boolean', value: data[0] === 1 } : null
    case 7: {
      const count = Math.floor(data.length / 8)
      return { kind: 'integers', values: Array.from({ length: count }, (_, index) => data.readBigUInt64LE(index * 8)) }
    }
    default:
      return null
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

/** The registry value `Element` for an element. */
export function encodeElement(element: Element): RegistryValue {
  const value = (type: number, data: Uint8Array): RegistryValue => ({ name: 'Element', type, data })
  switch (element.kind) {
    case 'device':
      return value(regBinary, encodeDevice(element.device))
    case 'string':
      return value(regSz, Buffer.from(`${element.text}\0`, 'utf16le'))
    case 'object':
      return value(regSz, Buffer.from(`{${element.id}}\0`, 'utf16le'))
    case 'objects':
      return value(regMultiSz, Buffer.from(`${element.ids.map((id) => `{${id}}\0`).join('')}\0`, 'utf16le'))
    case 'integer':
      return value(
        regBinary,
        Uint8Array.from({ length: element.bytes }, (_, index) => Number((element.value >> BigInt(8 * index)) & 0xffn)),
      )
    case 'boolean':
      return value(regBinary, Uint8Array.of(element.value ? 1 : 0))
    case 'integers': {
      const data = Buffer.alloc(element.values.length * 8)
      element.values.forEach((number, index) => data.writeBigUInt64LE(number, index * 8))
      return value(regBinary, data)
    }
    case 'other':
      return element.value
  }
}

/** SYSTEM owns it, Administrators and SYSTEM have full control: a self-relative security descriptor (MS-DTYP 2.4.6). */
const storeSecurity = Buffer.from(
  '0100048048000000580000000000000014000000' +
    '0200340002000000' +
    '00021800' +
    '3f000f00' +
    '01020000000000052000000020020000' +
    '00021400' +
    '3f000f00' +
    '010100000000000512000000' +
    '01020000000000052000000020020000' +
    '010100000000000512000000',
  'hex',
)

/**
 * Lays a store out as the hive `bcdedit` would: format 1.3, root key `NewStoreRoot`.
 *
 * @param timestamp - FILETIME written into every key
 */
export function hiveFromStore(store: Store, timestamp: bigint): Hive {
  const key = (name: string, values: RegistryValue[], keys: RegistryKey[]): RegistryKey => ({
    name,
    timestamp,
    className: null,
    flags: 0,
    security: storeSecurity,
    values,
    keys,
  })
  const objects = store.objects.map((object) => {
    const type = Buffer.alloc(4)
    type.writeUInt32LE(object.type)
    const elements = [...object.elements].map(([number, element]) =>
      key(number.toString(16).padStart(8, '0'), [encodeElement(element)], []),
    )
    const description = [{ name: 'Type', type: regDword, data: type }, ...object.description]
    return key(`{${object.id}}`, [], [key('Description', description, []), key('Elements', [], elements)])
  })
  const root = key('NewStoreRoot', [], [key('Description', store.description, []), key('Objects', [], objects)])
  // Windows marks a hive's root key: it can be neither deleted (0x8) nor left (0x4).
  return { minorVersion: 3, timestamp, fileName: '', root: { ...root, flags: 0xc } }
}
