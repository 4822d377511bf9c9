import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientKind } from '../../../../server/dhcp/boot.ts'
import { decodePxeOptions, encodePxeOptions } from '../../../../server/dhcp/options/pxe-options.ts'

test('PXE sub-options come back as they were', () => {
  const options = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 254 }), fc.uint8Array({ maxLength: 255 })))
    .map((entries) => new Map(entries))
  fc.assert(
    fc.property(options, (written) => {
      expect(decodePxeOptions(encodePxeOptions(written))).toEqual(written)
    }),
  )
})

test('another vendor’s option 43 is no list of sub-options, and nothing breaks', () => {
  expect(decodePxeOptions(Uint8Array.of(1, 200, 3))).toBeUndefined()
  expect(decodePxeOptions(Uint8Array.of(1))).toBeUndefined()
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodePxeOptions(bytes)))
})

test.each([
  ['PXEClient:Arch:00007:UNDI:003016', 'pxe'],
  ['PXEClient', 'pxe'],
  ['HTTPClient:Arch:00016:UNDI:003001', 'http'],
  ['Etabli', 'environment'],
  ['etabli', 'other'],
  ['Etabli 2', 'other'],
  ['udhcp 1.36.1', 'other'],
  [undefined, 'other'],
])('vendor class %s is a client of kind %s', (vendorClass, kind) => {
  expect(clientKind(vendorClass)).toBe(kind)
})
