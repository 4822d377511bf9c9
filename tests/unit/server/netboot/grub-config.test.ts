import { describe, expect, test } from 'vitest'
import {
  UnsafeBootValue,
  renderKernelArguments,
  renderMachineConfig,
  renderStartConfig,
} from '../../../../server/netboot/grub-config.ts'
import type { MachineBoot } from '../../../../server/netboot/grub-config.ts'

const sha256 = 'ab'.repeat(32)
const pin = 'sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const environment: Extract<MachineBoot, { boot: 'environment' }> = {
  boot: 'environment',
  server: '10.77.0.1:8080',
  agents: { server: '10.77.0.1:8443', pin },
  kernelPath: '/boot/files/0123abcd/vmlinuz',
  initrdPath: '/boot/files/4567abcd/initrd',
  kernelArguments: ['console=ttyS0,115200n8', 'quiet'],
  layers: [
    { path: '/boot/files/root.squashfs', sha256 },
    { path: '/boot/files/agent.squashfs', sha256 },
  ],
  mac: '88:ae:dd:01:02:03',
}

describe('the configuration all machines start with', () => {
  const config = renderStartConfig('10.77.0.1:8080')

  test('asks for the machine by the card GRUB started from and the firmware’s UUID, where GRUB can read that', () => {
    const lines = config.split('\n').map((line) => line.trim())
    const start = lines.indexOf('set etabli_url="(http,10.77.0.1:8080)/boot/grub/$net_default_mac"')
    expect(lines.slice(start + 1, start + 3)).toEqual([
      'if smbios --type 1 --get-uuid 8 --set etabli_uuid; then',
      'if [ -n "$etabli_uuid" ]; then set etabli_url="$etabli_url/$etabli_uuid"; fi',
    ])
    expect(lines).toContain('source "$etabli_url"')
  })

  test('asks several times, then starts from the disk, then starts over', () => {
    const lines = config.slice(config.lastIndexOf('\nfor try in')).split('\n')
    const order = ['for try in 1 2 3 4; do', '  start_from_disk', 'start_over'].map((line) => lines.indexOf(line))
    expect(order.every((place) => place >= 0)).toBe(true)
    expect(order).toEqual(order.toSorted((a, b) => a - b))
  })

  test('ends in a restart, never in a prompt', () => {
    expect(config.trim().split('\n').at(-1)).toBe('start_over')
  })

  test('refuses a server that is not an address and a port', () => {
    expect(() => renderStartConfig('10.77.0.1:8080)/x; reboot; (http,1')).toThrow(UnsafeBootValue)
  })
})

describe('the configuration of a machine that boots the environment', () => {
  test('starts the kernel only when both kernel and initrd were loaded', () => {
    const config = renderMachineConfig(environment).split('\n')
    const start = config.findIndex((line) =>
      line.startsWith('  if linux "(http,10.77.0.1:8080)/boot/files/0123abcd/vmlinuz"'),
    )
    expect(start).toBeGreaterThan(0)
    expect(config.slice(start + 1, start + 3)).toEqual([
      '    if initrd "(http,10.77.0.1:8080)/boot/files/4567abcd/initrd"; then',
      '      boot',
    ])
  })

  test('says that the server has answered, so that the configuration before it stops asking', () => {
    expect(renderMachineConfig(environment)).toContain('set etabli_answered=yes')
  })

  test('gives the kernel the server, every layer with its hash in order, and the card', () => {
    expect(renderKernelArguments(environment)).toBe(
      'console=ttyS0,115200n8 quiet etabli.server=http://10.77.0.1:8080 ' +
        `etabli.tls=https://10.77.0.1:8443 etabli.pin=${pin} ` +
        `etabli.layer=/boot/files/root.squashfs,${sha256} etabli.layer=/boot/files/agent.squashfs,${sha256} ` +
        'BOOTIF=01-88-ae-dd-01-02-03',
    )
  })

  test('ends in a restart when nothing loads', () => {
    expect(renderMachineConfig(environment).trim().split('\n').at(-1)).toBe('start_over')
  })

  const injections: [string, MachineBoot][] = [
    ['a server with a command', { ...environment, server: '10.0.0.1:80; reboot' }],
    ['a server by name', { ...environment, server: 'server.example:80' }],
    ['a path that closes the quotes', { ...environment, kernelPath: '/boot/x"; halt; echo "' }],
    ['a path that climbs', { ...environment, initrdPath: '/boot/../etc/passwd' }],
    ['a path with a variable', { ...environment, initrdPath: '/boot/$root' }],
    ['an argument with a space', { ...environment, kernelArguments: ['quiet init=/bin/sh'] }],
    ['an argument with a line break', { ...environment, kernelArguments: ['quiet\nreboot'] }],
    ['a hash that is none', { ...environment, layers: [{ path: '/boot/root', sha256: 'none' }] }],
    ['a hash in upper case', { ...environment, layers: [{ path: '/boot/root', sha256: 'AB'.repeat(32) }] }],
    ['a card in another spelling', { ...environment, mac: '88-AE-DD-01-02-03' }],
  ]
  test.each(injections)('refuses %s', (_what, machine) => {
    expect(() => renderMachineConfig(machine)).toThrow(UnsafeBootValue)
  })
})

describe('the configuration of a machine that starts from its disk', () => {
  const config = renderMachineConfig({ boot: 'local-disk' })

  test("looks for Windows' boot manager before the common path", () => {
    expect(config).toContain('for file in /EFI/Microsoft/Boot/bootmgfw.efi /EFI/Boot/bootx64.efi; do')
  })

  test('starts over without a system on the disk, since leaving GRUB would end in the firmware’s menu', () => {
    expect(config.trim().split('\n').slice(-2)).toEqual(['start_from_disk', 'start_over'])
    expect(config).not.toMatch(/^\s*exit/m)
  })
})

test('ordinary lines have no accents, which the firmware’s console cannot show', () => {
  const ordinary = [renderMachineConfig(environment), renderMachineConfig({ boot: 'local-disk' })].map(
    (config) => /set etabli_answered=yes\n(.*\n.*\n)/.exec(config)?.[1] ?? 'é',
  )

  for (const lines of ordinary) expect(lines).toMatch(/^[\x20-\x7e\n]+$/)
})
