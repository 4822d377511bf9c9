import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePacket, type DhcpPacket } from '../../server/dhcp/packet.ts'
import { discover, HTTP, message, PXE, SERVER, UUID } from '../unit/server/dhcp/client-messages.ts'
import { settings, workshop } from '../unit/server/dhcp/workshop.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

/** Wireshark's reader, written by others from the same documents, must find in our packets what we put there. */
describe.runIf(canRun('DHCP packets read by a foreign reader', missingPrograms(['tshark'])))(
  'read by Wireshark',
  () => {
    let folder: string

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'etabli-dhcp-reader-'))
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    function read(packet: DhcpPacket, limitBytes?: number): string {
      const path = join(folder, 'packet.pcap')
      writeFileSync(path, pcap(encodePacket(packet, limitBytes).bytes))
      return execFileSync('tshark', ['-r', path, '-V', '-O', 'dhcp'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
    }

    function offer(request: DhcpPacket, url?: string): DhcpPacket {
      const boot = { kind: 'boot', server: SERVER, file: 'shimx64.efi', ...(url ? { url } : {}) } as const
      const decision = workshop(settings(), { boot }).decide(request)
      if (decision.kind !== 'reply') throw new Error('no offer')
      return decision.packet
    }

    test('an offer to PXE firmware', () => {
      const text = read(offer(discover(PXE)))
      expect(text).not.toMatch(/malformed|expert info \((error|warn)/i)
      for (const line of [
        'DHCP: Offer (2)',
        `Next server IP address: ${SERVER}`,
        'Boot file name: shimx64.efi',
        'PXE discovery control',
        'discovery control: 0x08, Bootstrap override',
        `TFTP Server Name: ${SERVER}`,
        'Bootfile name: shimx64.efi',
        'Vendor class identifier: PXEClient',
        'Renewal Time Value: (1800s) 30 minutes',
      ]) {
        expect.soft(text).toContain(line)
      }
      expect(text.toLowerCase()).toContain(UUID)
    })

    test('an offer to HTTP Boot firmware, whose URL is longer than the header has room for', () => {
      const url = `http://10.77.0.1:8080/boot/${'machine/'.repeat(20)}shimx64.efi`
      const text = read(offer(discover(HTTP), url))
      expect(text).not.toMatch(/malformed/i)
      expect(text).toContain('Vendor class identifier: HTTPClient')
      expect(text).toContain(`Bootfile name: ${url.slice(0, 100)}`)
      expect(text).toContain('Boot file name not given')
    })

    test('options in the place of file and sname, and their overload mark', () => {
      const packet = message({ messageType: 'ack', rootPath: 'r'.repeat(60), domainName: `${'d'.repeat(50)}.example` })
      const text = read({ ...packet, op: 'reply' }, 300)
      expect(text).not.toMatch(/malformed/i)
      expect(text).toContain('Option Overload')
      expect(text).toContain(`Root Path: ${'r'.repeat(60)}`)
      expect(text).toContain(`Domain Name: ${'d'.repeat(50)}.example`)
    })

    test('what a client says of itself', () => {
      const text = read(message({ ...PXE, messageType: 'discover', userClass: ['bench'], maximumMessageSize: 1472 }))
      expect(text).not.toMatch(/malformed/i)
      expect(text).toMatch(/Client System Architecture: EFI (x86-64|BC|x64)/)
      expect(text).toContain('Major Version: 3')
      expect(text).toContain('Maximum DHCP Message Size: 1472')
    })
  },
)

/** A capture file with one UDP datagram from port 67 to 68 (pcap-savefile(5), little endian, Ethernet). */
function pcap(payload: Uint8Array): Buffer {
  const file = Buffer.alloc(24 + 16)
  file.writeUInt32LE(0xa1b2c3d4, 0)
  file.writeUInt16LE(2, 4)
  file.writeUInt16LE(4, 6)
  file.writeUInt32LE(65_535, 16)
  file.writeUInt32LE(1, 20)
  const headers = Buffer.alloc(14 + 20 + 8)
  headers.fill(0xff, 0, 6)
  headers.writeUInt16BE(0x0800, 12)
  headers.writeUInt8(0x45, 14)
  headers.writeUInt16BE(28 + payload.length, 16)
  headers.writeUInt8(64, 22)
  headers.writeUInt8(17, 23)
  headers.writeUInt32BE(0x0a4d0001, 26)
  headers.writeUInt32BE(0xffffffff, 30)
  headers.writeUInt16BE(67, 34)
  headers.writeUInt16BE(68, 36)
  headers.writeUInt16BE(8 + payload.length, 38)
  file.writeUInt32LE(headers.length + payload.length, 32)
  file.writeUInt32LE(headers.length + payload.length, 36)
  return Buffer.concat([file, headers, payload])
}
