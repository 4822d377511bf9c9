import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseProductKey, readFirmwareKey } from '../../../../images/unattend/firmware-key.ts'
import { chooseKey, genericKeys, type KeyQuestion } from '../../../../images/unattend/key-choice.ts'
import { keyReasons, keyRefusals, setupCompleteMessages } from '../../../../images/unattend/key-messages.ts'

const key = 'BCDFG-HJKMN-PQRTV-WXY23-46789'

/** An MSDM table as a firmware leaves it, its checksum right unless told. */
function msdm(data: string, change: (bytes: Buffer) => void = () => undefined): Uint8Array {
  const bytes = Buffer.alloc(56 + data.length)
  bytes.write('MSDM', 0)
  bytes.writeUInt32LE(bytes.length, 4)
  bytes.writeUInt8(3, 8)
  bytes.write('INTEL NUC8i5BE', 10)
  bytes.writeUInt32LE(1, 36)
  bytes.writeUInt32LE(1, 44)
  bytes.writeUInt32LE(data.length, 52)
  bytes.write(data, 56, 'latin1')
  change(bytes)
  bytes.writeUInt8((256 - (bytes.reduce((sum, byte, index) => sum + (index === 9 ? 0 : byte), 0) % 256)) % 256, 9)
  return bytes
}

describe('the firmware’s licence table', () => {
  test('gives its key', () => {
    expect(readFirmwareKey(msdm(key))).toEqual({ state: 'present', key })
  })

  test('is absent on a board sold without Windows', () => {
    expect(readFirmwareKey(null)).toEqual({ state: 'absent' })
    expect(readFirmwareKey(msdm('\0'.repeat(29)))).toEqual({ state: 'absent' })
  })

  test.each<[string, Uint8Array]>([
    ['signature', msdm(key, (bytes) => bytes.write('SLIC', 0))],
    ['length', msdm(key).subarray(0, 60)],
    ['length', Buffer.from('MSDM')],
    ['checksum', Buffer.from(msdm(key)).fill(7, 9, 10)],
    ['type', msdm(key, (bytes) => bytes.writeUInt32LE(2, 44))],
    ['key', msdm('ABCDE-ABCDE-ABCDE-ABCDE-ABCDE')],
    ['key', msdm(key.slice(0, 20))],
  ])('is damaged where it says: %s', (field, table) => {
    expect(readFirmwareKey(table)).toEqual({ state: 'damaged', field })
  })

  test('is read whatever its bytes are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => void readFirmwareKey(bytes)))
  })
})

const question = (part: Partial<KeyQuestion>): KeyQuestion => ({
  imageEdition: 'Professional',
  firmware: { state: 'absent' },
  firmwareEdition: null,
  policy: { from: 'none' },
  ...part,
})
const present = { state: 'present', key } as const

describe('the key', () => {
  test.each<[string, Partial<KeyQuestion>, string | null, string, string]>([
    ['the firmware’s', { firmware: present, policy: { from: 'firmware' } }, null, 'firmware-key', 'skipped-by-oem-key'],
    ['the firmware’s, without asking', { firmware: present }, null, 'firmware-key', 'skipped-by-oem-key'],
    ['the image’s own', {}, null, 'image-key', 'not-relied-on'],
    ['the one given', { policy: { from: 'given', key: key.toLowerCase() } }, key, 'given-key', 'not-relied-on'],
    [
      'the one given, though generic',
      { policy: { from: 'given', key: genericKeys['Professional'] ?? '' } },
      genericKeys['Professional'] ?? '',
      'given-generic-key',
      'not-relied-on',
    ],
    [
      'the edition’s generic one',
      { policy: { from: 'generic' } },
      genericKeys['Professional'] ?? '',
      'generic-key',
      'not-relied-on',
    ],
    [
      'the generic one before the firmware’s',
      { firmware: present, policy: { from: 'generic' } },
      genericKeys['Professional'] ?? '',
      'generic-key-over-firmware',
      'skipped-by-oem-key',
    ],
    [
      'Enterprise, where SetupComplete may run',
      { imageEdition: 'Enterprise', firmware: present, policy: { from: 'generic' } },
      genericKeys['Enterprise'] ?? '',
      'generic-key-over-firmware',
      'not-relied-on',
    ],
  ])('is %s', (_, part, productKey, reason, setupComplete) => {
    expect(chooseKey(question(part))).toEqual({ kind: 'go', productKey, reason, setupComplete })
  })

  test.each<[string, Partial<KeyQuestion>]>([
    ['firmware-key-missing', { policy: { from: 'firmware' } }],
    ['firmware-key-damaged', { policy: { from: 'firmware' }, firmware: { state: 'damaged', field: 'checksum' } }],
    ['firmware-key-for-other-edition', { policy: { from: 'firmware' }, firmware: present, firmwareEdition: 'Core' }],
    [
      'no-firmware-key-for-volume-edition',
      { policy: { from: 'firmware' }, firmware: present, imageEdition: 'Enterprise' },
    ],
    ['given-key-malformed', { policy: { from: 'given', key: 'pas une clé' } }],
    ['given-key-for-other-edition', { policy: { from: 'given', key: genericKeys['Core'] ?? '' } }],
    ['no-generic-key', { policy: { from: 'generic' }, imageEdition: 'constructor' }],
  ])('is refused: %s', (reason, part) => {
    expect(chooseKey(question(part))).toEqual({ kind: 'refused', reason })
  })

  test('has sentences for every reason', () => {
    const sentences = [
      ...Object.values(keyReasons),
      ...Object.values(setupCompleteMessages),
      ...Object.values(keyRefusals).flatMap(({ message, fix }) => [message(), fix()]),
    ]
    for (const { fr, en } of sentences) for (const text of [fr, en]) expect(text).toMatch(/^\S.*\.$/)
  })

  test.each(Object.entries(genericKeys))('for %s has the form of a key', (_, generic) => {
    expect(parseProductKey(generic)).toBe(generic)
  })
})
