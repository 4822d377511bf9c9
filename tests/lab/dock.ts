import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Value } from 'typebox/value'
import { EnvironmentManifest } from '../../server/netboot/environment-folder.ts'
import { canRun } from '../machine/requirements.ts'

/**
 * How a PC without a network card of its own starts from the dock's.
 *
 * `virtio`: as every run of the lab does. OVMF drives no card on USB (Debian builds it without edk2's UsbNetworkPkg), so the
 * firmware starts from a virtio card with the dock's address, and the kernel is told to leave that one alone: what it finds
 * is a PC with QEMU's card on USB and no other.
 *
 * `usb`: the firmware too has no other card, and `driver` is the option ROM it drives it with. Nobody has signed that one,
 * so Secure Boot waits for keys (setup mode).
 */
export type Dock = { starts: 'virtio' } | { starts: 'usb'; driver: string }

/**
 * `ETABLI_USB_BOOT_DRIVER` names an option ROM with a driver for QEMU's card on USB. Debian has none; iPXE's source makes one
 * that leaves PXE to the firmware: `make bin-x86_64-efi/ecm--acm--ncm.efirom`, with `#define EFI_DOWNGRADE_UX` in
 * `interface/efi/efi_snp.c`.
 */
export function dockOfLab(): Dock {
  const driver = process.env['ETABLI_USB_BOOT_DRIVER']
  const obstacle = driver === undefined ? 'set ETABLI_USB_BOOT_DRIVER; the firmware starts from virtio instead' : null
  canRun('firmware that starts from a card on USB', obstacle)
  return driver === undefined ? { starts: 'virtio' } : { starts: 'usb', driver: resolve(driver) }
}

/** For the kernel of a PC at a dock. */
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
