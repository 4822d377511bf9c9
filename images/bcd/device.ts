import { guidFromBytes, guidToBytes, nullGuid, type Guid } from './guid.ts'

/**
 * A device element of a BCD store (facts decoded from real stores; there is no published specification):
 *
 *   0x00 GUID of an options object, or zeros
 *   0x10 DEVICE: u32 type · u32 flags · u32 length of the whole DEVICE · u32 zero · then by type
 */
export type Device =
  /** A GPT partition by its own and its disk's GUID: what Windows itself writes. */
  | { kind: 'gpt-partition'; partition: Guid; disk: Guid }
  /** An MBR partition by its byte offset and the disk's signature. */
  | { kind: 'mbr-partition'; offset: bigint; signature: number }
  /** The device the boot manager came from. */
  | { kind: 'boot' }
  /** Whichever device holds the path that another element of this object names. */
  | { kind: 'locate'; element: number }
  /** A file in memory: a WIM, loaded from a device with the help of an options object (boot.sdi). */
  | { kind: 'ramdisk'; source: Device; path: string; options: Guid; image: ImageRange }
  /** Any other; kept as it is. */
  | { kind: 'other'; bytes: Uint8Array }

/** Zeros in what Windows writes today; some media hold leftovers, which boot all the same. */
export type ImageRange = { base: bigint; size: bigint; offset: number }
export const wholeImage: ImageRange = { base: 0n, size: 0n, offset: 0 }

const typeRamdisk = 0
const typeBoot = 5
const typePartition = 6
const typeLocate = 8

/** @returns the device; bytes that fit no known layout come back as `other`, never an error */
export function decodeDevice(bytes: Uint8Array): Device {
  return decode(bytes) ?? { kind: 'other', bytes: bytes.slice() }
}

function decode(bytes: Uint8Array): Device | null {
  if (bytes.length < 0x20) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const options = guidFromBytes(bytes.subarray(0, 16))
  const device = decodeBody(view, 0x10)
  if (device === null) return null
  const known = device.kind === 'ramdisk' ? { ...device, options } : device
  // Only what we would write ourselves, byte for byte, counts as understood.
  return Buffer.from(encodeDevice(known)).equals(bytes) ? known : null
}

function decodeBody(view: DataView, at: number): Device | null {
  if (at + 0x10 > view.byteLength) return null
  const length = view.getUint32(at + 8, true)
  if (length < 0x10 || at + length > view.byteLength) return null
  switch (view.getUint32(at, true)) {
    case typeBoot:
      return { kind: 'boot' }
    case typePartition:
      return length === 0x48 ? decodePartition(view, at) : null
    case typeLocate:
      return length === 0x1e ? { kind: 'locate', element: view.getUint32(at + 0x14, true) } : null
    case typeRamdisk:
      return decodeRamdisk(view, at, length)
    default:
      return null
  }
}

function decodePartition(view: DataView, at: number): Device {
  const guidAt = (offset: number): Guid => guidFromBytes(new Uint8Array(view.buffer, view.byteOffset + offset, 16))
  if (view.getUint32(at + 0x24, true) === 1) {
    const offset = view.getBigUint64(at + 0x10, true)
    return { kind: 'mbr-partition', offset, signature: view.getUint32(at + 0x28, true) }
  }
  return { kind: 'gpt-partition', partition: guidAt(at + 0x10), disk: guidAt(at + 0x28) }
}

function decodeRamdisk(view: DataView, at: number, length: number): Device | null {
  const file = at + 0x28
  if (length < 0x28 + 12 + 0x10) return null
  const source = decodeBody(view, file + 12)
  if (source === null) return null
  const pathAt = file + 12 + view.getUint32(file + 12 + 8, true)
  const end = at + length
  if (pathAt + 2 > end || (end - pathAt) % 2 !== 0) return null
  const path = Buffer.from(view.buffer, view.byteOffset + pathAt, end - pathAt - 2).toString('utf16le')
  const image = {
    base: view.getBigUint64(at + 0x14, true),
    size: view.getBigUint64(at + 0x1c, true),
    offset: view.getUint32(at + 0x24, true),
  }
  return { kind: 'ramdisk', source, path, options: nullGuid, image }
}

/** @returns the whole element, options GUID included */
export function encodeDevice(device: Device): Uint8Array {
  if (device.kind === 'other') return device.bytes
  const options = device.kind === 'ramdisk' ? device.options : nullGuid
  return Buffer.concat([guidToBytes(options), encodeBody(device)])
}

function encodeBody(device: Exclude<Device, { kind: 'other' }>): Buffer {
  switch (device.kind) {
    case 'boot':
      return header(typeBoot, 0, 0x48)
    case 'locate': {
      const body = header(typeLocate, 0, 0x1e)
      body.writeUInt32LE(device.element, 0x14)
      return body
    }
    case 'gpt-partition': {
      const body = header(typePartition, 0, 0x48)
      body.set(guidToBytes(device.partition), 0x10)
      body.set(guidToBytes(device.disk), 0x28)
      return body
    }
    case 'mbr-partition': {
      const body = header(typePartition, 0, 0x48)
      body.writeBigUInt64LE(device.offset, 0x10)
      body.writeUInt32LE(1, 0x24)
      body.writeUInt32LE(device.signature, 0x28)
      return body
    }
    case 'ramdisk':
      return encodeRamdisk(device)
  }
}

function encodeRamdisk(device: Extract<Device, { kind: 'ramdisk' }>): Buffer {
  if (device.source.kind === 'other') return Buffer.from(device.source.bytes.subarray(0x10))
  const source = encodeBody(device.source)
  const path = Buffer.from(`${device.path}\0`, 'utf16le')
  const fileLength = 12 + source.length + path.length
  const body = header(typeRamdisk, 1, 0x28 + fileLength)
  body.writeUInt32LE(3, 0x10)
  body.writeBigUInt64LE(device.image.base, 0x14)
  body.writeBigUInt64LE(device.image.size, 0x1c)
  body.writeUInt32LE(device.image.offset, 0x24)
  body.writeUInt32LE(1, 0x28)
  body.writeUInt32LE(fileLength, 0x2c)
  body.writeUInt32LE(5, 0x30)
  source.copy(body, 0x34)
  path.copy(body, 0x34 + source.length)
  return body
}

function header(type: number, flags: number, length: number): Buffer {
  const body = Buffer.alloc(length)
  body.writeUInt32LE(type, 0)
  body.writeUInt32LE(flags, 4)
  body.writeUInt32LE(length, 8)
  return body
}
