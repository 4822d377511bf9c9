import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pinOf } from '../../agent/protocol/key-pin.ts'
import { renderMachineConfig, renderStartConfig } from '../../server/netboot/grub-config.ts'
import { startDnsmasq } from './dnsmasq-router.ts'
import { dockAddress, dockOfLab, withoutFirmwareCard } from './dock.ts'
import { openLineLog } from './line-log.ts'
import { openLabNetwork } from './network.ts'
import { startVirtualMachine } from './virtual-machine.ts'

/**
 * Boots the environment in a folder on a virtual NUC, with dnsmasq for DHCP and TFTP and a stand-in for our server, and says how long
 * each stage took: `node tests/lab/boot-environment.ts ENVIRONMENT [OUTPUT] [dock]`.
 */
const environment = resolve(process.argv[2] ?? 'build/environment')
const output = resolve(process.argv[3] ?? 'build/lab')
const dock = process.argv[4] === 'dock' ? dockOfLab() : undefined
const mac = dock ? dockAddress('01') : '52:54:00:0e:7a:01'
const smbios = {
  product: 'NUC11TNKi5',
  board: 'NUC11TNBi5',
  serial: 'G6TN14500ABC',
  uuid: '88f3b3a0-5f2c-11ec-9d64-0242ac120002',
}
const boot = join(environment, 'boot')
type BootManifest = { layers: string[]; kernelArguments: string[]; files: { name: string; sha256: string }[] }
const manifest: BootManifest = JSON.parse(readFileSync(join(boot, 'manifest.json'), 'utf8'))

const site = join(output, 'site')
rmSync(output, { recursive: true, force: true })
mkdirSync(join(site, 'boot/grub', mac), { recursive: true })
mkdirSync(join(output, 'tftp/grub'), { recursive: true })
const network = openLabNetwork()
try {
  const server = `${network.address}:8080`
  for (const name of ['shimx64.efi', 'grubx64.efi']) symlinkSync(join(boot, name), join(output, 'tftp', name))
  for (const { name } of manifest.files) symlinkSync(join(boot, name), join(site, 'boot', name))
  writeFileSync(join(output, 'tftp/grub/grub.cfg'), renderStartConfig(server))
  const sha256Of = (name: string): string => manifest.files.find((file) => file.name === name)?.sha256 ?? ''
  const layers = manifest.layers.map((name) => ({ path: `/boot/${name}`, sha256: sha256Of(name) }))
  const kernelArguments = dock ? [...manifest.kernelArguments, withoutFirmwareCard] : manifest.kernelArguments
  // Nobody is there: the screen says so.
  const agents = { server: `${network.address}:8443`, pin: pinOf(new Uint8Array()) }
  const paths = { kernelPath: '/boot/vmlinuz', initrdPath: '/boot/initrd' }
  writeFileSync(
    join(site, 'boot/grub', mac, smbios.uuid),
    renderMachineConfig({ boot: 'environment', server, agents, kernelArguments, layers, mac, ...paths }),
  )

  await startDnsmasq(network, output, {
    range: '10.77.0.50,10.77.0.90',
    interface: network.bridge,
    extra: ['--enable-tftp', `--tftp-root=${join(output, 'tftp')}`, '--dhcp-boot=shimx64.efi'],
  })
  const standIn = resolve(import.meta.dirname, 'stand-in-server.ts')
  const program = network.spawn(process.execPath, [standIn, site, network.address, '8080'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!program.stdout) throw new Error('unreachable: stdout is a pipe')
  const requests = openLineLog(program.stdout, join(output, 'requests.log'))
  await requests.waitFor(/listening/, 10_000)

  const disk = {
    kind: 'nvme',
    file: join(output, 'nuc.raw'),
    sizeBytes: 64 * 2 ** 30,
    serial: 'S64FNX0R123456',
  } as const
  const machine = await startVirtualMachine({ network, folder: output, name: 'nuc', mac, dock, smbios, disks: [disk] })
  // Wall time, and QEMU's own processor time: the second is what the machine would need if nobody else were using the processors.
  const since = (): string =>
    `${((Date.now() - machine.poweredOnAt) / 1000).toFixed(1)} s (${machine.processorSeconds().toFixed(1)})`
  machine.serial.onLine((line) => process.stdout.write(`${since()} | ${line}\n`))
  requests.onLine((line) => process.stdout.write(`${since()} > ${line.slice(0, 120)}\n`))
  const shots = setInterval(
    () =>
      void machine
        .screenshot(join(output, `screen-${Math.round((Date.now() - machine.poweredOnAt) / 1000)}.png`))
        .catch(() => undefined),
    3000,
  )
  const report = await requests.waitFor(/"posted":/, 180_000).finally(() => clearInterval(shots))
  process.stdout.write(`\nFirst report after ${since()}\n`)
  writeFileSync(join(output, 'report.json'), report.input ?? '')
  await machine.screenshot(join(output, 'screen.png'))
  await machine.cutPower()
} finally {
  await network.close()
}
