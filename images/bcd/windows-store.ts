import type { Device } from './device.ts'
import type { Guid } from './guid.ts'
import { boolean, device, dword, integer, integers, object, objects, reference, string, text } from './entries.ts'
import type { Store, StoreObject } from './store.ts'
import { elements, objectTypes, wellKnown } from './well-known.ts'

/** What a store for one installed Windows needs to know. */
export type WindowsStoreRequest = {
  /** The partitions by their GUIDs; null writes `locate` devices, which search every disk for the path they name. */
  partitions: { disk: Guid; esp: Guid; windows: Guid } | null
  /** What the boot menu would say, `Windows 11`. */
  description: string
  /** `fr-FR`. */
  locale: string
  /** Fresh random ids of the two objects that have none of their own. */
  ids: { osloader: Guid; resume: Guid }
}

/**
 * The store `bcdboot` leaves on the ESP of a UEFI PC with one Windows.
 *
 * Recovery is left out: Windows writes its own entries when it enables WinRE at the end of setup (reagentc). One
 * system and a timeout of 0 mean that no menu is ever shown.
 */
export function windowsStore(request: WindowsStoreRequest): Store {
  return {
    description: [
      text('KeyName', 'BCD00000000'),
      dword('System', 1),
      dword('TreatAsSystem', 1),
      dword('FirmwareModified', 1),
    ],
    objects: [bootManager(request), osloader(request), resume(request), memoryTester(request), ...settings()],
  }
}

function bootManager({ partitions, locale, ids }: WindowsStoreRequest): StoreObject {
  return object(wellKnown.bootmgr, objectTypes.bootManager, [
    // Without a device the boot manager takes the one the firmware started it from.
    ...(partitions ? [device(elements.device, partition(partitions.disk, partitions.esp))] : []),
    string(elements.path, '\\EFI\\Microsoft\\Boot\\bootmgfw.efi'),
    string(elements.description, 'Windows Boot Manager'),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.globalsettings]),
    reference(elements.bootDefault, ids.osloader),
    reference(elements.bootResume, ids.resume),
    objects(elements.displayOrder, [ids.osloader]),
    objects(elements.toolsDisplayOrder, [wellKnown.memdiag]),
    integer(elements.timeout, 0n),
  ])
}

function osloader({ partitions, description, locale, ids }: WindowsStoreRequest): StoreObject {
  return object(ids.osloader, objectTypes.osloader, [
    device(elements.device, windowsDevice(partitions, elements.path)),
    string(elements.path, '\\Windows\\system32\\winload.efi'),
    string(elements.description, description),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.bootloadersettings]),
    boolean(elements.isolatedContext, true),
    integers(elements.allowedInMemorySettings, [0x15000075n]),
    device(elements.osdevice, windowsDevice(partitions, elements.systemRoot)),
    string(elements.systemRoot, '\\Windows'),
    reference(elements.associatedResume, ids.resume),
    integer(elements.nx, 0n),
    integer(elements.bootMenuPolicy, 1n),
  ])
}

function resume({ partitions, locale, ids }: WindowsStoreRequest): StoreObject {
  return object(ids.resume, objectTypes.resume, [
    device(elements.device, windowsDevice(partitions, elements.path)),
    string(elements.path, '\\Windows\\system32\\winresume.efi'),
    string(elements.description, 'Windows Resume Application'),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.resumeloadersettings]),
    boolean(elements.isolatedContext, true),
    integers(elements.allowedInMemorySettings, [0x15000075n]),
    device(elements.osdevice, windowsDevice(partitions, elements.systemRoot)),
    string(elements.systemRoot, '\\hiberfil.sys'),
    integer(elements.resumeBootMenuPolicy, 1n),
  ])
}

function memoryTester({ partitions, locale }: WindowsStoreRequest): StoreObject {
  const esp: Device = partitions ? partition(partitions.disk, partitions.esp) : { kind: 'boot' }
  return object(wellKnown.memdiag, objectTypes.memoryTester, [
    device(elements.device, esp),
    string(elements.path, '\\EFI\\Microsoft\\Boot\\memtest.efi'),
    string(elements.description, 'Windows Memory Diagnostic'),
    string(elements.locale, locale),
    objects(elements.inherit, [wellKnown.globalsettings]),
    boolean(elements.allowBadMemory, true),
  ])
}

/** The objects others take their settings over from; the same in every store Windows makes. */
export function settings(): StoreObject[] {
  const { globalsettings, dbgsettings, emssettings, badmemory, hypervisorsettings } = wellKnown
  return [
    object(globalsettings, objectTypes.inheritableByAny, [
      objects(elements.inherit, [dbgsettings, emssettings, badmemory]),
    ]),
    object(wellKnown.bootloadersettings, objectTypes.inheritableByOsloader, [
      objects(elements.inherit, [globalsettings, hypervisorsettings]),
    ]),
    object(wellKnown.resumeloadersettings, objectTypes.inheritableByResume, [
      objects(elements.inherit, [globalsettings]),
    ]),
    object(dbgsettings, objectTypes.inheritableByAny, [integer(elements.debugPort, 4n)]),
    object(emssettings, objectTypes.inheritableByAny, [boolean(elements.emsEnabled, false)]),
    object(badmemory, objectTypes.inheritableByAny, []),
    object(hypervisorsettings, objectTypes.inheritableByOsloader, [
      integer(elements.hypervisorDebugType, 0n),
      integer(elements.hypervisorDebugPort, 1n),
      integer(elements.hypervisorBaudRate, 115_200n),
    ]),
  ]
}

function windowsDevice(partitions: WindowsStoreRequest['partitions'], locatedBy: number): Device {
  return partitions ? partition(partitions.disk, partitions.windows) : { kind: 'locate', element: locatedBy }
}

function partition(disk: Guid, own: Guid): Device {
  return { kind: 'gpt-partition', disk, partition: own }
}
