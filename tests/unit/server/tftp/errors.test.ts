import { describe, expect, test } from 'vitest'
import { startError, TftpStartError } from '../../../../server/tftp/errors.ts'
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

test('without a device no sentence speaks of one', () => {
  const { message } = new TftpStartError('TFTP_NOT_PERMITTED', { port: 69, device: null })
  expect(message).toBe('The system refuses to open UDP port 69.')
})

test('with a device its name is said', () => {
  const { description } = new TftpStartError('TFTP_NOT_PERMITTED', { port: 69, device: 'eth0' })
  expect(description.message.fr).toBe('Le système refuse d’ouvrir le port UDP 69 sur l’interface eth0.')
})
