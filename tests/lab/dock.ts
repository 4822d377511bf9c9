import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Value } from 'typebox/value'
import { EnvironmentManifest } from '../../server/netboot/environment-folder.ts'

/**
 * A dock in a lab whose firmware drives virtio cards only (OVMF is built without UsbNetworkPkg): the firmware starts from
 * a virtio card, Linux from QEMU's card on USB, and both have the one address of the dock. The kernel is told to leave the
 * virtio card alone, so that what it finds is a PC without any card of its own but the one on USB.
 */
export const withoutFirmwareCard = 'module_blacklist=virtio_net'

/** The address QEMU's card on USB can have: it makes the first octet `40` itself (hw/usb/dev-network.c). */
export function dockAddress(last: string): string {
  return `40:54:00:77:00:${last}`
}

/**
 * The same boot environment, for PCs behind a dock; `folder` gets its files and a manifest of its own. (Copies: our server
 * follows no link out of its folder.)
 */
export function dockedEnvironment(environment: string, folder: string): string {
  const from = resolve(environment, 'boot')
  const to = join(folder, 'boot')
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(from)) if (name !== 'manifest.json') copyFileSync(join(from, name), join(to, name))
  const manifest = Value.Parse(EnvironmentManifest, JSON.parse(readFileSync(join(from, 'manifest.json'), 'utf8')))
  const kernelArguments = [...manifest.kernelArguments, withoutFirmwareCard]
  writeFileSync(join(to, 'manifest.json'), JSON.stringify({ ...manifest, kernelArguments }))
  return folder
}
