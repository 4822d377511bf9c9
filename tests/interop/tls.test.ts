import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkshop, type Workshop } from '../unit/server/api/workshop.ts'

const run = promisify(execFile)

describe('our TLS, as other programs see it', () => {
  let workshop: Workshop
  let folder: string
  const curl = async (...args: string[]): Promise<string> =>
    (await run('curl', ['--silent', '--show-error', '--max-time', '10', ...args])).stdout
  const certificate = (): string => join(workshop.dataDir, 'tls/certificate.pem')

  beforeAll(async () => {
    workshop = await openWorkshop()
    folder = mkdtempSync(join(tmpdir(), 'etabli-tls-'))
  })
  afterAll(async () => {
    await workshop?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('openssl reads the certificate, strictly, and counts the same pin', async () => {
    const file = certificate()
    const strict = [
      '-x509_strict',
      '-check_ss_sig',
      '-purpose',
      'sslserver',
      '-verify_hostname',
      'agent.etabli.internal',
    ]
    const { stdout } = await run('openssl', ['verify', ...strict, '-CAfile', file, file])
    expect(stdout.trim()).toBe(`${file}: OK`)
    const key = await run('openssl', ['x509', '-in', file, '-noout', '-pubkey'])
    writeFileSync(join(folder, 'key.pem'), key.stdout)
    await run('openssl', [
      'pkey',
      '-pubin',
      '-in',
      join(folder, 'key.pem'),
      '-outform',
      'der',
      '-out',
      join(folder, 'key.der'),
    ])
    const digest = await run('openssl', ['dgst', '-sha256', '-binary', join(folder, 'key.der')], { encoding: 'buffer' })
    expect(`sha256//${digest.stdout.toString('base64')}`).toBe(workshop.tls.pin)
  })

  test('curl reaches it by the pin alone, and by the certificate alone', async () => {
    const url = `${workshop.tls.url}/healthz`
    expect(await curl('--insecure', '--pinnedpubkey', workshop.tls.pin, url)).toBe('{"status":"ok"}')
    expect(await curl('--cacert', certificate(), url)).toBe('{"status":"ok"}')
    const other = `sha256//${Buffer.alloc(32).toString('base64')}`
    // 90: "SSL public keys not matched pinned public keys".
    await expect(curl('--insecure', '--pinnedpubkey', other, url)).rejects.toMatchObject({ code: 90 })
  })

  test('nothing older than TLS 1.3 is spoken', async () => {
    await expect(curl('--insecure', '--tls-max', '1.2', `${workshop.tls.url}/healthz`)).rejects.toMatchObject({
      code: 35,
    })
  })

  test('whoever never ends a handshake is let go', async () => {
    const { hostname, port } = new URL(workshop.tls.url)
    const silent = spawn('socat', ['-u', `TCP:${hostname}:${port}`, '-'], { stdio: 'ignore' })
    const code = await new Promise((resolve) => silent.once('exit', resolve))
    expect(code).not.toBeNull()
  }, 30_000)
})

describe('with a certificate of the operator’s', () => {
  let folder: string
  let workshop: Workshop
  const at = (name: string): string => join(folder, name)
  const openssl = (...args: string[]) => run('openssl', args)
  const curl = async (...args: string[]): Promise<string> =>
    (await run('curl', ['--silent', '--show-error', '--max-time', '10', ...args])).stdout

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'etabli-operator-'))
    const keys = ['-newkey', 'rsa:2048', '-nodes', '-days', '30']
    const authority = ['-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=Essai']
    await openssl('req', '-x509', ...keys, ...authority)
    const names = ['-addext', 'subjectAltName=DNS:etabli.example']
    const own = ['-keyout', at('own.key'), '-out', at('own.pem'), '-subj', '/CN=etabli.example', ...names]
    await openssl('req', '-x509', ...keys, '-CA', at('ca.pem'), '-CAkey', at('ca.key'), ...own)
    workshop = await openWorkshop({ env: { ETABLI_TLS_CERT: at('own.pem'), ETABLI_TLS_KEY: at('own.key') } })
  }, 60_000)
  afterAll(async () => {
    await workshop?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('browsers get that, agents the pinned key, on one port', async () => {
    const port = new URL(workshop.tls.url).port
    const to = (name: string): string[] => [
      ...['--connect-to', `${name}:${port}:127.0.0.1:${port}`, `https://${name}:${port}/healthz`],
    ]
    expect(await curl('--cacert', at('ca.pem'), ...to('etabli.example'))).toBe('{"status":"ok"}')
    const pinned = ['--insecure', '--pinnedpubkey', workshop.tls.pin]
    expect(await curl(...pinned, ...to('agent.etabli.internal'))).toBe('{"status":"ok"}')
    await expect(curl(...pinned, ...to('etabli.example'))).rejects.toMatchObject({ code: 90 })
  })

  test.each([
    ['the key of another', { ETABLI_TLS_KEY: 'ca.key' }, 'OWN_CERTIFICATE_FOREIGN'],
    [
      'two files in the wrong order',
      { ETABLI_TLS_CERT: 'own.key', ETABLI_TLS_KEY: 'own.pem' },
      'OWN_CERTIFICATE_DAMAGED',
    ],
    ['a file that is not there', { ETABLI_TLS_CERT: 'nowhere.pem' }, 'OWN_CERTIFICATE_UNREADABLE'],
  ])('does not start with %s', async (_what, wrong, code) => {
    const files = { ETABLI_TLS_CERT: 'own.pem', ETABLI_TLS_KEY: 'own.key', ...wrong }
    const env = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, at(file)]))
    await expect(openWorkshop({ env })).rejects.toMatchObject({ code })
  })
})
