import type { Device } from './device.ts'
import type { Guid } from './guid.ts'
import type { Element, StoreObject } from './store.ts'

/** An element under its number, as a store's objects hold them. */
export type Entry = [number, Element]

/** An object with the elements given, in their order. */
export function object(id: Guid, type: number, entries: Entry[]): StoreObject {
  return { id, type, description: [], elements: new Map(entries) }
}

export const device = (number: number, of: Device): Entry => [number, { kind: 'device', device: of }]
export const string = (number: number, of: string): Entry => [number, { kind: 'string', text: of }]
export const reference = (number: number, id: Guid): Entry => [number, { kind: 'object', id }]
export const objects = (number: number, ids: Guid[]): Entry => [number, { kind: 'objects', ids }]
export const integer = (number: number, value: bigint): Entry => [number, { kind: 'integer', value, bytes: 8 }]
export const integers = (number: number, values: bigint[]): Entry => [number, { kind: 'integers', values }]
export const boolean = (number: number, value: boolean): Entry => [number, { kind: 'boolean', value }]

/** A REG_SZ of a description. */
export function text(name: string, value: string) {
  return { name, type: 1, data: Buffer.from(`${value}\0`, 'utf16le') }
}

/** A REG_DWORD of a description. */
export function dword(name: string, value: number) {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value)
  return { name, type: 4, data }
}
