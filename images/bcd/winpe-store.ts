import type { Device } from './device.ts'
import { wholeImage } from './device.ts'
import { boolean, device, integer, object, objects, reference, string, text } from './entries.ts'
import type { Guid } from './guid.ts'
import type { Store, StoreObject } from './store.ts'
import { elements, objectTypes, wellKnown } from './well-known.ts'
import { settings } from './windows-store.ts'

/** What a store for a WIM in memory (Windows PE, Windows RE) needs to know; paths are of the medium or TFTP server it comes from. */
export type WinpeStoreRequest = {
  description: string
  /** `fr-FR`. */
  locale: string
  /** `\\sources\\boot.wim`. */
  wim: string
  /** `\\boot\\boot.sdi`. */
  sdi: string
  /** A fresh random id of the loader. */
  id: Guid
  /** Of transfers by TFTP (RFC 2348, RFC 7440); null leaves them to the boot manager, which takes 1456 bytes one by one. */
  tftp: { blockSize: number; windowSize: number } | null
}

/**
 * The store of a network boot or a medium that starts a WIM from memory. It names no disk: everything lies on the device
 * the boot manager came from (`[boot]`), as in the store of Microsoft's own media.
 */
export function winpeStore(request: WinpeStoreRequest): Store {
  const shared = settings().filter(({ id }) => id !== wellKnown.resumeloadersettings)
  return {
    description: [text('KeyName', 'BCD00000001')],
    objects: [bootManager(request), loader(request), ramdiskOptions(request), ...shared],
  }
}

function bootManager({ locale, id }: WinpeStoreRequest): StoreObject {
  return object(wellKnown.bootmgr, objectTypes.bootManager, [
    string(elements.description, 'Windows Boot Manager'),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.globalsettings]),
    reference(elements.bootDefault, id),
    objects(elements.displayOrder, [id]),
    integer(elements.timeout, 0n),
  ])
}

function loader({ description, locale, wim, id }: WinpeStoreRequest): StoreObject {
  const options = wellKnown.ramdiskoptions
  const memory: Device = { kind: 'ramdisk', source: { kind: 'boot' }, path: wim, options, image: wholeImage }
  return object(id, objectTypes.osloader, [
    device(elements.device, memory),
    // A WIM has no boot folder of its own beside it: its loader is the one for memory.
    string(elements.path, '\\windows\\system32\\boot\\winload.efi'),
    string(elements.description, description),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.bootloadersettings]),
    boolean(elements.isolatedContext, true),
    device(elements.osdevice, memory),
    string(elements.systemRoot, '\\windows'),
    integer(elements.nx, 0n),
    integer(elements.bootMenuPolicy, 1n),
    boolean(elements.detectHal, true),
    boolean(elements.winpe, true),
    boolean(elements.emsInWinpe, false),
  ])
}

function ramdiskOptions({ sdi, tftp }: WinpeStoreRequest): StoreObject {
  return object(wellKnown.ramdiskoptions, objectTypes.deviceOptions, [
    device(elements.ramdiskSdiDevice, { kind: 'boot' }),
    string(elements.ramdiskSdiPath, sdi),
    ...(tftp === null
      ? []
      : [
          integer(elements.ramdiskTftpBlockSize, BigInt(tftp.blockSize)),
          integer(elements.ramdiskTftpWindowSize, BigInt(tftp.windowSize)),
        ]),
  ])
}
