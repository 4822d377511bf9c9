import { Type, type Static } from 'typebox'

/** SMBIOS gives strings no limit; makers stay far below this. Longer ones are cut off by whoever reads them. */
export const longestText = 256

/** What a machine says of its own hardware. Every text is as the firmware or kernel gave it, trimmed; null where there is none. */
const Text = Type.String({ maxLength: longestText })
const MaybeText = Type.Union([Text, Type.Null()])
const Bytes = Type.Integer({ minimum: 0 })

export const Disk = Type.Object({
  /** Kernel name, `nvme0n1`: good within one boot only, never stored as an identity. */
  name: Text,
  model: MaybeText,
  serial: MaybeText,
  wwn: MaybeText,
  /**
   * Where it hangs, `pci-0000:00:17.0-ata-1`: the same at each start as long as nobody moves it. Null where the kernel does
   * not say; absent in what an earlier version kept.
   */
  place: Type.Optional(MaybeText),
  sizeBytes: Bytes,
  logicalSectorBytes: Type.Integer({ minimum: 512 }),
  transport: Type.Union([
    Type.Literal('nvme'),
    Type.Literal('sata'),
    Type.Literal('usb'),
    Type.Literal('mmc'),
    Type.Literal('virtio'),
    Type.Literal('other'),
  ]),
  removable: Type.Boolean(),
  rotational: Type.Boolean(),
  /** The medium the environment itself was started from. */
  bootMedium: Type.Boolean(),
  health: Type.Object({
    verdict: Type.Union([Type.Literal('good'), Type.Literal('worn'), Type.Literal('failing'), Type.Literal('unknown')]),
    percentUsed: Type.Union([Type.Number(), Type.Null()]),
    powerOnHours: Type.Union([Type.Number(), Type.Null()]),
    temperatureCelsius: Type.Union([Type.Number(), Type.Null()]),
    mediaErrors: Type.Union([Type.Number(), Type.Null()]),
  }),
})
export type Disk = Static<typeof Disk>

/** A disk as it was seen when a run was assigned, which the run may write: all but what changes from day to day. */
export const PinnedDisk = Type.Omit(Disk, ['logicalSectorBytes', 'rotational', 'health'])
export type PinnedDisk = Static<typeof PinnedDisk>

export const NetworkInterface = Type.Object({
  name: Text,
  mac: Text,
  driver: MaybeText,
  /** Where the kernel found it: `unknown` is what Windows shows and the environment did not; missing from inventories of earlier versions. */
  bus: Type.Optional(
    Type.Union([
      Type.Literal('pci'),
      Type.Literal('usb'),
      Type.Literal('thunderbolt'),
      Type.Literal('other'),
      Type.Literal('unknown'),
    ]),
  ),
  speedMbps: Type.Union([Type.Integer(), Type.Null()]),
  address: MaybeText,
  wireless: Type.Boolean(),
})
export type NetworkInterface = Static<typeof NetworkInterface>

export const Device = Type.Object({
  bus: Type.Union([Type.Literal('pci'), Type.Literal('usb'), Type.Literal('acpi')]),
  address: Text,
  /** As Windows writes it, `PCI\VEN_8086&DEV_15F3&SUBSYS_…&REV_03`, `USB\VID_8087&PID_0032&REV_0001` or `ACPI\INTC1055`. */
  hardwareId: Text,
  /** Of ACPI: what else it says it is compatible with, `ACPI\PNP0C50`; absent in what an earlier version kept. */
  compatibleIds: Type.Optional(Type.Array(Text, { maxItems: 16 })),
  /** `0200`: PCI class and subclass, or USB class, in hexadecimal; empty for ACPI. */
  deviceClass: Text,
  description: MaybeText,
  driver: MaybeText,
})
export type Device = Static<typeof Device>

export const Inventory = Type.Object({
  system: Type.Object({
    uuid: MaybeText,
    serial: MaybeText,
    manufacturer: MaybeText,
    product: MaybeText,
    version: MaybeText,
    sku: MaybeText,
    family: MaybeText,
  }),
  board: Type.Object({ manufacturer: MaybeText, product: MaybeText, serial: MaybeText, version: MaybeText }),
  firmware: Type.Object({
    vendor: MaybeText,
    version: MaybeText,
    date: MaybeText,
    mode: Type.Union([Type.Literal('uefi'), Type.Literal('bios')]),
    /** Whether ACPI holds a Windows key (table MSDM); never the key itself. */
    windowsKey: Type.Boolean(),
  }),
  secureBoot: Type.Object({
    state: Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Literal('setup'), Type.Literal('unsupported')]),
    trusts2011: Type.Boolean(),
    trusts2023: Type.Boolean(),
    /** Whether dbx revokes Windows Production PCA 2011. */
    revokes2011: Type.Boolean(),
  }),
  tpm: Type.Object({ present: Type.Boolean(), version: MaybeText, manufacturer: MaybeText }),
  processor: Type.Object({
    model: MaybeText,
    cores: Type.Integer({ minimum: 0 }),
    threads: Type.Integer({ minimum: 0 }),
    maxMhz: Type.Union([Type.Integer(), Type.Null()]),
  }),
  memory: Type.Object({
    totalBytes: Bytes,
    slots: Type.Integer({ minimum: 0 }),
    modules: Type.Array(
      Type.Object({
        slot: Text,
        sizeBytes: Bytes,
        type: MaybeText,
        speedMtps: Type.Union([Type.Integer(), Type.Null()]),
        manufacturer: MaybeText,
        partNumber: MaybeText,
        serial: MaybeText,
      }),
      { maxItems: 64 },
    ),
  }),
  disks: Type.Array(Disk, { maxItems: 64 }),
  networkInterfaces: Type.Array(NetworkInterface, { maxItems: 32 }),
  devices: Type.Array(Device, { maxItems: 512 }),
})
export type Inventory = Static<typeof Inventory>
