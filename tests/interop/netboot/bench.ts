import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join, resolve } from 'node:path'
import { parsePinnedServer } from '../../../agent/protocol/pinned-server.ts'
import { forwardPort } from '../../lab/port-forward.ts'
import { adminPassword, putImage, putWindowsAgent, signIn, type Workshop } from '../../unit/server/api/workshop.ts'
import { createWire, type Wire } from '../dhcp/wire.ts'

export const serverAddress = '10.77.0.1'

export type NetbootBench = {
  wire: Wire
  /** The server as this machine reaches it: its two ports are forwarded to our loopback. */
  workshop: Pick<Workshop, 'url' | 'tls'>
  token: string
  /** Its log, line by line. */
  log: readonly string[]
  close(): Promise<void>
}

/** `server/main.ts` on a wire of its own, serving DHCP, TFTP and HTTP as a shop's does, beside whatever is plugged in. */
export async function openNetbootBench(sequences: Readonly<Record<string, string>>): Promise<NetbootBench> {
  const wire = createWire()
  try {
    wire.addHost('server', `${serverAddress}/24`)
    const dataDir = join(wire.folder, 'data')
    putFiles(dataDir, sequences)
    const { log, pin } = await startServer(wire, dataDir)
    const plain = await forwardPort(wire.namespaceOf('server'), 8080)
    const encrypted = await forwardPort(wire.namespaceOf('server'), 8443)
    const url = encrypted.url.replace('http:', 'https:')
    const server = parsePinnedServer(url, pin)
    if (server.kind === 'invalid') throw new Error(`no ${server.what}`)
    const workshop = { url: plain.url, tls: { url, pin: server.pin } }
    return {
      wire,
      workshop,
      log,
      token: await signIn(workshop),
      async close() {
        await plain.close()
        await encrypted.close()
        await wire.remove()
      },
    }
  } catch (error) {
    await wire.remove()
    throw error
  }
}

async function startServer(wire: Wire, dataDir: string): Promise<{ log: string[]; pin: string }> {
  const settings = {
    ETABLI_DATA_DIR: dataDir,
    ETABLI_LISTEN: '0.0.0.0:8080',
    ETABLI_INTERFACE: 'eth0',
    ETABLI_DHCP_MODE: 'pxe-lease',
    ETABLI_DHCP_RANGE: '10.77.0.50-10.77.0.250',
    ETABLI_ADMIN_PASSWORD: adminPassword,
    ETABLI_DASHBOARD_DIR: join(dataDir, 'dashboard'),
  }
  const environment = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const child = wire.start('server', ['env', ...environment, process.execPath, resolve('server/main.ts')])
  const log: string[] = []
  const pin = Promise.withResolvers<string>()
  if (!child.stderr) throw new Error('unreachable: its output is piped')
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line)
    if (line.includes('"msg":"ready"')) pin.resolve(String(JSON.parse(line).tls.pin))
  })
  child.once('exit', (code) => pin.reject(new Error(`the server ended with ${code}: ${log.join('\n')}`)))
  return { log, pin: await pin.promise }
}

/** An image, an agent for Windows, sequences, and a boot environment of files that are never run here. */
function putFiles(dataDir: string, sequences: Readonly<Record<string, string>>): void {
  mkdirSync(join(dataDir, 'sequences'), { recursive: true })
  for (const [id, text] of Object.entries(sequences)) writeFileSync(join(dataDir, `sequences/${id}.yaml`), text)
  putImage(dataDir, 'win11')
  putWindowsAgent(dataDir)
  const boot = join(dataDir, 'environment/boot')
  mkdirSync(boot, { recursive: true })
  const names = ['shimx64.efi', 'grubx64.efi', 'vmlinuz', 'initrd', 'root.squashfs']
  const files = names.map((name) => {
    writeFileSync(join(boot, name), name)
    return { name, sizeBytes: name.length, sha256: createHash('sha256').update(name).digest('hex') }
  })
  const [shim, grub, kernel, initrd, root] = names
  const chain = { shim, grub, kernel, initrd, layers: [root], kernelArguments: [] }
  writeFileSync(join(boot, 'manifest.json'), JSON.stringify({ format: 1, inputs: 'c'.repeat(64), ...chain, files }))
}
