import { describe, expect, test } from 'vitest'
import { encodePacket } from '../../../../server/tftp/packet.ts'
import { errorPacket, classifyFirstPacket } from '../../../../server/tftp/request.ts'

const options = [{ name: 'tsize', value: '0' }]
const read = (file: string, mode = 'octet') => encodePacket({ op: 'read', file, mode, options })

test('a read in octet mode goes on with the mapped path and its options', () => {
  expect(classifyFirstPacket(read('\\Boot\\BCD', 'OcTeT'))).toEqual({ kind: 'read', path: '/Boot/BCD', options })
})

describe('what is not served is refused in words', () => {
  test.each([
    ['netascii', read('a', 'netascii'), 0, 'Only octet (binary) mode is served'],
    ['mail', read('root', 'mail'), 0, 'Only octet (binary) mode is served'],
    ['a write', encodePacket({ op: 'write', file: 'a', mode: 'octet', options }), 2, 'This server is read-only'],
    ['a way out', read('../etc/shadow'), 2, 'The file name leaves the served folders'],
    ['an empty name', read(''), 2, 'The file name is empty'],
  ])('%s', (_what, bytes, code, message) => {
    expect(classifyFirstPacket(bytes)).toMatchObject({
      kind: 'refused',
      reason: message,
      answer: { op: 'error', code, message },
    })
  })
})

test('a malformed request is answered with ERROR 4', () => {
  const answer = { op: 'error', code: 4, message: 'Malformed request' }
  expect(classifyFirstPacket(Buffer.from('\0\x01no end'))).toMatchObject({ kind: 'malformed', answer })
})

describe('what is no request is never answered, so that two servers cannot talk for ever', () => {
  test.each([
    ['an ERROR', encodePacket({ op: 'error', code: 4, message: 'you' })],
    ['an ACK', encodePacket({ op: 'ack', block: 1 })],
    ['DATA', encodePacket({ op: 'data', block: 1, bytes: Buffer.from('x') })],
    ['an OACK', encodePacket({ op: 'oack', options })],
    ['noise', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
  ])('%s', (_what, bytes) => {
    expect(classifyFirstPacket(bytes)).toEqual({ kind: 'malformed', reason: expect.any(String) })
  })
})

test('an error message stays short enough for a boot ROM', () => {
  expect(errorPacket(0, 'x'.repeat(5000)).message).toHaveLength(120)
})
