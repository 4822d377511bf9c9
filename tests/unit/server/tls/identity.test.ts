import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseKeyPin } from '../../../../agent/protocol/key-pin.ts'
import { makeCertificate } from '../../../../server/tls/certificate.ts'
import { openIdentity, type Identity } from '../../../../server/tls/identity.ts'

const names = ['bench', '10.0.0.2', 'agent.etabli.internal']
const dayMs = 24 * 3600_000

let folder: string
let nowMs: number
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'etabli-tls-')), 'tls')
  nowMs = Date.parse('2026-11-26T10:00:00Z')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const open = (options: { names?: readonly string[]; onOpenKey?: (file: string, mode: string) => void } = {}) =>
  openIdentity(folder, { names, now: () => new Date(nowMs), ...options })
const file = (name: string): string => join(folder, name)
const certificateOf = (identity: Identity): X509Certificate => new X509Certificate(identity.current().cert)

describe('the key that agents know the server by', () => {
  test('is made once, for its owner’s eyes only, and stays', async () => {
    const first = await open()
    expect(parseKeyPin(first.pin)).toBe(first.pin)
    expect(statSync(file('key.pem')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    const again = await open()
    expect([again.pin, again.current()]).toEqual([first.pin, first.current()])
    expect(readdirSync(folder).toSorted()).toEqual(['certificate.pem', 'key.pem'])
  })

  test('outlives its certificate, which is renewed while the server runs and at a start', async () => {
    const server = await open()
    const first = certificateOf(server)
    nowMs += 360 * dayMs
    expect(await server.renew()).toBe(false)
    nowMs += 8 * dayMs
    expect(await server.renew()).toBe(true)
    const second = certificateOf(server)
    expect(second.serialNumber).not.toBe(first.serialNumber)
    expect(second.publicKey.equals(first.publicKey)).toBe(true)
    nowMs += 4000 * dayMs
    const later = await open()
    expect(later.pin).toBe(server.pin)
    expect(certificateOf(later).validToDate.getTime()).toBeGreaterThan(nowMs)
  })

  test('gets a certificate that is good now when the clock was ahead, and one that names another address', async () => {
    nowMs += 3000 * dayMs
    const { pin } = await open()
    nowMs -= 3000 * dayMs
    const back = await open()
    expect([back.pin, certificateOf(back).validFromDate.getTime() <= nowMs]).toEqual([pin, true])
    const moved = await open({ names: [...names, '192.168.7.7'] })
    expect(moved.pin).toBe(pin)
    expect(certificateOf(moved).subjectAltName).toContain('192.168.7.7')
  })

  test('is as good under a clock that has lost its date', async () => {
    for (const date of ['1998-01-01', '2049-12-30', '2096-06-01']) {
      nowMs = Date.parse(date)
      const { validFromDate, validToDate } = certificateOf(await open())
      expect([validFromDate.getTime() <= nowMs, validToDate.getTime() > nowMs + 31 * dayMs]).toEqual([true, true])
    }
  })

  test('is closed to other accounts when it was open, and that is said', async () => {
    await open()
    chmodSync(file('key.pem'), 0o644)
    const said: string[] = []
    await open({ onOpenKey: (_file, mode) => said.push(mode) })
    expect([said, statSync(file('key.pem')).mode & 0o777]).toEqual([['0644'], 0o600])
  })

  test('gets its certificate when the power went between the two files', async () => {
    const { pin } = await open()
    rmSync(file('certificate.pem'))
    expect((await open()).pin).toBe(pin)
  })
})

describe('what is damaged stops the start and is left as it is', () => {
  const otherKey = (): string =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const damages: Array<[what: string, code: string, damage: () => Promise<void> | void]> = [
    [
      'a key that is cut off',
      'TLS_KEY_DAMAGED',
      () => writeFileSync(file('key.pem'), '-----BEGIN PRIVATE KEY-----\nMIG'),
    ],
    ['an empty key', 'TLS_KEY_DAMAGED', () => writeFileSync(file('key.pem'), '')],
    [
      'a key of another kind',
      'TLS_KEY_DAMAGED',
      () => {
        const { privateKey } = generateKeyPairSync('ed25519')
        writeFileSync(file('key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }))
      },
    ],
    ['a key that is gone', 'TLS_KEY_MISSING', () => rmSync(file('key.pem'))],
    ['another server’s key', 'TLS_CERTIFICATE_FOREIGN', () => writeFileSync(file('key.pem'), otherKey())],
    ['a certificate of something else', 'TLS_CERTIFICATE_DAMAGED', () => writeFileSync(file('certificate.pem'), 'x')],
    [
      'another server’s certificate',
      'TLS_CERTIFICATE_FOREIGN',
      async () => {
        const key = createPrivateKey(otherKey())
        writeFileSync(file('certificate.pem'), await makeCertificate({ key, names, now: new Date(nowMs) }))
      },
    ],
  ]
  test.each(damages)('%s', async (_what, code, damage) => {
    await open()
    await damage()
    const found = (): string[] => readdirSync(folder).map((name) => `${name} ${readFileSync(file(name), 'utf8')}`)
    const before = found()
    await expect(open()).rejects.toMatchObject({ name: 'TlsError', code })
    expect(found()).toEqual(before)
  })

  test('a folder that cannot be one', async () => {
    writeFileSync(folder, '')
    await expect(open()).rejects.toMatchObject({ code: 'TLS_FOLDER_UNUSABLE' })
  })
})
