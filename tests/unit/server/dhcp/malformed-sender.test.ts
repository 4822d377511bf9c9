import fc from 'fast-check'
import { expect, test } from 'vitest'
import { malformedSender } from '../../../../server/dhcp/malformed-sender.ts'
import { encodePacket } from '../../../../server/dhcp/packet.ts'
import { message } from './client-messages.ts'

const chaddr = '88:ae:dd:00:00:01'
const discover = (vendorClass: string): Uint8Array =>
  encodePacket(message({ messageType: 'discover', vendorClass }, { chaddr })).bytes

test('a damaged request of firmware still has its sender', () => {
  expect(malformedSender(discover('PXEClient:Arch:00007:UNDI:003016'))).toEqual({ client: 'pxe', mac: chaddr })
  expect(malformedSender(discover('HTTPClient:Arch:00016:UNDI:003016'))).toEqual({ client: 'http', mac: chaddr })
  expect(malformedSender(discover('MSFT 5.0'))).toEqual({ client: 'other', mac: chaddr })
})

test('bytes that are no DHCP at all have none', () => {
  const broken = discover('PXEClient:Arch:00007:UNDI:003016')
  broken[236] = 0
  expect(malformedSender(broken)).toEqual({ client: 'pxe' })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => malformedSender(bytes).mac === undefined))
})
