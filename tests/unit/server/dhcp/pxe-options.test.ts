import { expect, test } from 'vitest'
import { clientKind } from '../../../../server/dhcp/boot.ts'
import { encodePxeOptions } from '../../../../server/dhcp/options/pxe-options.ts'

test('PXE sub-options are written as code, length and value, with an end mark of their own', () => {
  const options = new Map([
    [6, Uint8Array.of(8)],
    [10, Uint8Array.of(0, 0x50, 0x58)],
  ])
  expect([...encodePxeOptions(options)]).toEqual([6, 1, 8, 10, 3, 0, 0x50, 0x58, 255])
  expect([...encodePxeOptions(new Map())]).toEqual([255])
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
