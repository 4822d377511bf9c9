import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bootFileOpener, machineConfig } from '../../../../server/netboot/boot-files.ts'
import { openEnvironmentFolder } from '../../../../server/netboot/environment-folder.ts'
import type { BootIntent } from '../../../../server/netboot/intent.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'etabli-boot-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const names = { shim: 'shimx64.efi', grub: 'grubx64.efi', kernel: 'vmlinuz', initrd: 'initrd' }
const layers = ['root.squashfs', 'agent.squashfs']

function buildEnvironment(inputs = 'a'.repeat(64), mtime = new Date()): void {
  const boot = join(folder, 'boot')
  mkdirSync(boot, { recursive: true })
  const files = [...Object.values(names), ...layers].map((name) => {
    writeFileSync(join(boot, name), `${name} of ${inputs}`)
    const sha256 = createHash('sha256').update(`${name} of ${inputs}`).digest('hex')
    return { name, sizeBytes: name.length + 4 + inputs.length, sha256 }
  })
  const manifest = { format: 1, inputs, ...names, layers, kernelArguments: ['quiet'], files }
  writeFileSync(join(boot, 'manifest.json'), JSON.stringify(manifest))
  utimesSync(join(boot, 'manifest.json'), mtime, mtime)
}

const client = { address: '10.0.0.51', port: 2070 }
const reason = { fr: 'parce que', en: 'because' }
const intent = (kind: BootIntent['intent']): BootIntent => ({ intent: kind, reason })

describe('the environment’s files', () => {
  test('is missing, being built, then ready, while the server runs', async () => {
    const files = openEnvironmentFolder(folder)
    expect(await files.state()).toBe('missing')
    mkdirSync(join(folder, 'boot.unfinished-123'))
    expect(await files.state()).toBe('building')
    buildEnvironment()
    expect(await files.state()).toBe('ready')
  })

  test('gives the files of a rebuilt environment new addresses', async () => {
    const files = openEnvironmentFolder(folder)
    buildEnvironment('a'.repeat(64), new Date(1000))
    expect((await files.current())?.version).toBe('a'.repeat(16))
    buildEnvironment('b'.repeat(64), new Date(2000))
    expect((await files.current())?.version).toBe('b'.repeat(16))
  })

  test.each(['', '{', '{"format":2}', '{"format":1,"inputs":"x"}'])(
    'takes a damaged manifest for none: %s',
    async (text) => {
      mkdirSync(join(folder, 'boot'))
      writeFileSync(join(folder, 'boot/manifest.json'), text)
      expect(await openEnvironmentFolder(folder).state()).toBe('missing')
    },
  )
})

describe('files by TFTP', () => {
  async function read(path: string): Promise<string> {
    const opened = await bootFileOpener(openEnvironmentFolder(folder), '10.0.0.2:8080')(path, client)
    if (opened.kind !== 'file') return opened.kind
    const bytes = await opened.read(0, opened.sizeBytes)
    await opened.close()
    return Buffer.from(bytes).toString()
  }

  test('are shim, GRUB and the configuration that asks the server, whatever the case of their names', async () => {
    buildEnvironment()
    expect(await read('/shimx64.efi')).toContain('shimx64.efi of')
    expect(await read('/GRUBX64.EFI')).toContain('grubx64.efi of')
    expect(await read('/grub/grub.cfg')).toContain('(http,10.0.0.2:8080)/boot/grub/$net_default_mac')
  })

  test.each(['/manifest.json', '/vmlinuz', '/revocations_sku.efi', '/grub/x86_64-efi/command.lst', '/'])(
    'are nothing else: %s',
    async (path) => {
      buildEnvironment()
      expect(await read(path)).toBe('missing')
    },
  )

  test('are missing until the environment is built; only the configuration is always there', async () => {
    expect(await read('/shimx64.efi')).toBe('missing')
    expect(await read('/grub/grub.cfg')).toContain('etabli_answered')
  })
})

describe('the configuration of one machine', () => {
  const pin = 'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  const agents = { server: '10.0.0.2:8443', pin } as const
  const machine = { mac: '1c:69:7a:00:00:01', server: '10.0.0.2:8080', agents }

  test('starts the environment with its layers and their hashes', async () => {
    buildEnvironment()
    const environment = await openEnvironmentFolder(folder).current()
    const text = machineConfig({ ...machine, intent: intent('environment'), environment })
    expect(text).toContain(`/boot/environment/${'a'.repeat(16)}/vmlinuz`)
    expect(text).toContain('etabli.server=http://10.0.0.2:8080')
    expect(text).toContain(`etabli.tls=https://10.0.0.2:8443 etabli.pin=${pin}`)
    expect(text).toContain('BOOTIF=01-1c-69-7a-00-00-01')
    const sha256 = environment?.file('root.squashfs')?.sha256
    expect(text).toContain(`etabli.layer=/boot/environment/${'a'.repeat(16)}/root.squashfs,${sha256}`)
  })

  test.each([
    ['the intent says so', intent('local-disk')],
    ['nobody could decide', null],
  ])('starts the disk when %s', async (_why, decided) => {
    buildEnvironment()
    const environment = await openEnvironmentFolder(folder).current()
    const text = machineConfig({ ...machine, intent: decided, environment })
    expect(text).toContain('bootmgfw.efi')
    expect(text).not.toContain('vmlinuz')
  })

  test('starts the disk when there is no environment yet', () => {
    const text = machineConfig({ ...machine, intent: intent('environment'), environment: null })
    expect(text).not.toContain('vmlinuz')
  })
})
