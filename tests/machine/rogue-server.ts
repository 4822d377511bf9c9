import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingPrograms } from './requirements.ts'
import { makeTestIdentity, type TestIdentity } from './test-identity.ts'

/** Why there can be no rogue here; null when there can. */
export const whyNoRogue = (): string | null => missingPrograms(['openssl'])

/** Somebody else's program in the server's place, with a key of its own. */
export type RogueServer = {
  /** How often somebody has begun to speak to it. */
  handshakes(): number
  /** Every byte it was told inside TLS. */
  told(): string
  stop(): Promise<void>
}

/** Starts `openssl s_server` at the address of a server that is down. */
export async function startRogue(place: URL, identity?: TestIdentity): Promise<RogueServer> {
  const { key, cert } = identity ?? (await makeTestIdentity())
  const folder = mkdtempSync(join(tmpdir(), 'etabli-rogue-'))
  writeFileSync(join(folder, 'key.pem'), key)
  writeFileSync(join(folder, 'cert.pem'), cert)
  const records = join(folder, 'records')
  const files = ['-key', join(folder, 'key.pem'), '-cert', join(folder, 'cert.pem')]
  // -msgfile gets the handshakes; what is told inside TLS comes, bare, on standard output.
  const args = ['s_server', '-accept', place.host, ...files, '-quiet', '-msg', '-msgfile', records]
  const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let told = ''
  let errors = ''
  child.stdout.on('data', (data: Buffer) => (told += data.toString('latin1')))
  child.stderr.on('data', (data: Buffer) => (errors += data.toString('latin1')))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    handshakes: () => (existsSync(records) ? readFileSync(records, 'latin1').split('ClientHello').length - 1 : 0),
    told: () => told,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
      if (/unable to bind|Address already in use/.test(errors)) throw new Error(errors)
    },
  }
}
