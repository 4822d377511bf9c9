import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseKeyPin, pinOf } from '../../../../agent/protocol/key-pin.ts'

test('a pin is what RFC 7469 makes of a key, and reads back', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pin = pinOf(publicKey.export({ type: 'spki', format: 'der' }))
  expect(parseKeyPin(pin)).toBe(pin)
  // The empty key: SHA-256 of nothing (FIPS 180-4 examples), in base64.
  expect(pinOf(new Uint8Array())).toBe('sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=')
})

test.each([
  '',
  'sha256//',
  'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU',
  'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=',
  'sha1//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  ' sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
])('no pin: %s', (text) => expect(parseKeyPin(text)).toBeNull())
