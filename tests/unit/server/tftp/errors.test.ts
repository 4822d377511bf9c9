import { describe, expect, test } from 'vitest'
import { describeTftpError, startError, TFTP_ERROR_TEXTS } from '../../../../server/tftp/errors.ts'
import type { TftpErrorCode } from '../../../../server/tftp/errors.ts'

const asked = { address: '10.0.0.1', port: 69, device: 'eth0' }
const systemError = (code: string) => Object.assign(new Error(`${code}: bind`), { code })

describe('what opening a socket ended with has a code', () => {
  test.each<[string, TftpErrorCode]>([
    ['EADDRINUSE', 'TFTP_PORT_BUSY'],
    ['EACCES', 'TFTP_NOT_PERMITTED'],
    ['EPERM', 'TFTP_NOT_PERMITTED'],
    ['EADDRNOTAVAIL', 'TFTP_ADDRESS_UNKNOWN'],
    ['ENODEV', 'TFTP_DEVICE_UNKNOWN'],
    ['EMFILE', 'TFTP_SOCKET_FAILED'],
  ])('%s → %s', (errno, code) => {
    const error = startError(systemError(errno), asked)
    expect(error.code).toBe(code)
    expect(error.cause).toMatchObject({ code: errno })
  })
})

const codes: TftpErrorCode[] = [
  'TFTP_PORT_BUSY',
  'TFTP_NOT_PERMITTED',
  'TFTP_ADDRESS_UNKNOWN',
  'TFTP_DEVICE_UNKNOWN',
  'TFTP_SOCKET_FAILED',
]

test('the catalogue under test is the whole catalogue', () => {
  expect(Object.keys(TFTP_ERROR_TEXTS).sort()).toEqual([...codes].sort())
})

test.each(codes)('%s has a filled sentence and a fix in both languages', (code) => {
  for (const language of ['fr', 'en'] as const) {
    const { sentence, fix } = describeTftpError(code, { ...asked, detail: 'EIO: bind' }, language)
    expect(sentence + fix).not.toMatch(/[{}]/)
    expect(sentence).toMatch(/\.$/)
    expect(fix).toMatch(/\.$/)
    // French typography: a narrow no-break space before these signs, never an ordinary one.
    if (language === 'fr') expect(sentence + fix).not.toMatch(/ [:;!?»]|« /)
  }
})

test('without a device no sentence speaks of one', () => {
  const { sentence } = describeTftpError('TFTP_NOT_PERMITTED', { address: '0.0.0.0', port: 69, detail: '' }, 'en')
  expect(sentence).toBe('The system refuses to open UDP port 69.')
})
