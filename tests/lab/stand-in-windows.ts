import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Value } from 'typebox/value'
import { EnvironmentManifest } from '../../server/netboot/environment-folder.ts'
import { openLineLog } from './line-log.ts'
import type { LabNetwork } from './network.ts'
import type { Machine } from '../windows/machine.ts'
import { packStandIn } from './windows-stand-in/layer.ts'

export type StandInWindows = {
  /**
   * For `sh` with the ESP of a deployed disk at `$ESP`: lays down what GRUB, in the place of Windows' boot manager,
   * starts the stand-in with.
   */
  script: string
}

/** What GRUB on the disk says on the serial port; at the start of a line, since the agent's log shows it too. */
export const bootManagerStarted = /^ETABLI-STAND-IN: boot manager/

/**
 * Offers a stand-in for Windows to the machines of a network: the boot environment's kernel and layers with one more on
 * top, from an HTTP server of its own beside ours.
 *
 * @param folder - gets the files and the server's log
 * @param machine - the Windows that the stand-in programs play, at its first start
 */
export async function offerStandInWindows(options: {
  network: LabNetwork
  environment: string
  folder: string
  machine: Machine
}): Promise<StandInWindows> {
  const { network, environment, folder, machine } = options
  const boot = join(environment, 'boot')
  const manifest = Value.Parse(EnvironmentManifest, JSON.parse(readFileSync(join(boot, 'manifest.json'), 'utf8')))
  const site = join(folder, 'stand-in')
  mkdirSync(site, { recursive: true })
  for (const name of [manifest.kernel, manifest.initrd, ...manifest.layers])
    symlinkSync(join(resolve(boot), name), join(site, name))
  const layer = join(site, 'stand-in.squashfs')
  await packStandIn(layer, machine)
  const layers = [
    ...manifest.layers.map((name) => ({
      name,
      sha256: manifest.files.find((file) => file.name === name)?.sha256 ?? '',
    })),
    { name: 'stand-in.squashfs', sha256: createHash('sha256').update(readFileSync(layer)).digest('hex') },
  ]
  const program = network.spawn(
    process.execPath,
    [resolve(import.meta.dirname, 'stand-in-server.ts'), site, network.address, '8081'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (!program.stdout) throw new Error('unreachable: stdout is a pipe')
  await openLineLog(program.stdout, join(folder, 'stand-in-server.log')).waitFor(/listening/, 20_000)

  const server = `http://${network.address}:8081`
  const kernelArguments = [
    ...manifest.kernelArguments,
    `etabli.server=${server}`,
    ...layers.map(({ name, sha256 }) => `etabli.layer=/${name},${sha256}`),
    'BOOTIF=01-$card',
    'stand-in.esp=/dev/nvme0n1p1',
  ]
  return {
    script: [
      'set -e',
      // The card this environment uses, and the next start.
      '. /run/etabli/lease',
      'card="$(tr : - <"/sys/class/net/$interface/address")"',
      'mkdir -p "$ESP/grub"',
      `for file in ${manifest.kernel} ${manifest.initrd}; do wget -q -O "$ESP/grub/$file" ${server}/$file; done`,
      'cat >"$ESP/grub/grub.cfg" <<END',
      'echo "ETABLI-STAND-IN: boot manager"',
      `linux /grub/${manifest.kernel} ${kernelArguments.join(' ')}`,
      `initrd /grub/${manifest.initrd}`,
      'boot',
      'END',
    ].join('\n'),
  }
}
