import { Type, type Static, type TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** What the measuring scripts send, part by part. A part that is missing or of another shape was not measured. */
const Text = Type.String()
const Count = Type.Number({ minimum: 0 })
const listOf = <Item extends TSchema>(item: Item) => Type.Object({ items: Type.Array(item) })

const windowsParts = {
  version: Type.Object({ edition: Text, build: Count, revision: Count, release: Text }),
  licence: Type.Object({
    statuses: Type.Array(Count),
    channel: Text,
    firmwareKey: Type.Boolean(),
    firmwareEdition: Text,
  }),
  encryption: listOf(Type.Object({ drive: Text, protection: Count, conversion: Count })),
  secureBoot: Type.Object({
    state: Type.Union([Type.Literal('on'), Type.Literal('off'), Type.Literal('unsupported')]),
  }),
  tpm: Type.Object({ present: Type.Boolean(), version: Text, enabled: Type.Boolean() }),
  bootManager: Type.Object({ issuer: Text, version: Text, update: Text, capable: Type.Integer() }),
  firstSignIn: Type.Object({ needed: Type.Boolean(), registered: Type.Boolean() }),
  recovery: Type.Object({ enabled: Type.Boolean(), onRecoveryPartition: Type.Boolean() }),
  firmware: Type.Object({ version: Text }),
  appControl: Type.Object({ state: Type.Integer() }),
  shop: Type.Object({ name: Text, phone: Text }),
  space: Type.Object({ freeBytes: Count, sizeBytes: Count }),
}

const Counter = Type.Object({
  wear: Type.Union([Count, Type.Null()]),
  hours: Type.Union([Count, Type.Null()]),
  temperature: Type.Union([Count, Type.Null()]),
  errors: Type.Union([Count, Type.Null()]),
})

const hardwareParts = {
  processor: Type.Object({ model: Text, cores: Count, threads: Count }),
  memory: Type.Object({
    slots: Count,
    items: Type.Array(
      Type.Object({ slot: Text, sizeBytes: Count, speed: Count, manufacturer: Text, partNumber: Text }),
    ),
  }),
  disks: listOf(
    Type.Object({ model: Text, sizeBytes: Count, health: Count, counter: Type.Union([Counter, Type.Null()]) }),
  ),
  radio: Type.Object({
    wifiHardware: Type.Boolean(),
    wifi: Type.Array(Text),
    bluetoothHardware: Type.Boolean(),
    bluetooth: Type.Array(Text),
  }),
  drivers: listOf(Type.Object({ kind: Text, name: Text, version: Text, provider: Text, service: Text })),
}

const AppState = Type.Union([Type.Literal('installed'), Type.Literal('provisioned'), Type.Literal('scheduled')])

const appsParts = {
  appx: listOf(Type.Object({ name: Text, states: Type.Array(AppState) })),
  capabilities: listOf(Text),
  features: listOf(Text),
}

type Parts = Record<string, TSchema>
type Read<Of extends Parts> = { [Name in keyof Of]: Static<Of[Name]> | null }

export type WindowsMeasured = Read<typeof windowsParts>
export type HardwareMeasured = Read<typeof hardwareParts>
/** `onedrive` is looked for where a profile names it, and null where it is not. */
export type AppsMeasured = Read<typeof appsParts> & { onedrive: Static<typeof AppState>[] | null }

export const readWindows = (sent: unknown): WindowsMeasured => ({
  version: part(windowsParts.version, sent, 'version'),
  licence: part(windowsParts.licence, sent, 'licence'),
  encryption: part(windowsParts.encryption, sent, 'encryption'),
  secureBoot: part(windowsParts.secureBoot, sent, 'secureBoot'),
  tpm: part(windowsParts.tpm, sent, 'tpm'),
  bootManager: part(windowsParts.bootManager, sent, 'bootManager'),
  firstSignIn: part(windowsParts.firstSignIn, sent, 'firstSignIn'),
  recovery: part(windowsParts.recovery, sent, 'recovery'),
  firmware: part(windowsParts.firmware, sent, 'firmware'),
  appControl: part(windowsParts.appControl, sent, 'appControl'),
  shop: part(windowsParts.shop, sent, 'shop'),
  space: part(windowsParts.space, sent, 'space'),
})

export const readHardware = (sent: unknown): HardwareMeasured => ({
  processor: part(hardwareParts.processor, sent, 'processor'),
  memory: part(hardwareParts.memory, sent, 'memory'),
  disks: part(hardwareParts.disks, sent, 'disks'),
  radio: part(hardwareParts.radio, sent, 'radio'),
  drivers: part(hardwareParts.drivers, sent, 'drivers'),
})

/** What the script sent; it knows nothing of OneDrive. */
export const readApps = (sent: unknown): AppsMeasured => ({
  onedrive: null,
  appx: part(appsParts.appx, sent, 'appx'),
  capabilities: part(appsParts.capabilities, sent, 'capabilities'),
  features: part(appsParts.features, sent, 'features'),
})

function part<Schema extends TSchema>(schema: Schema, sent: unknown, name: string): Static<Schema> | null {
  if (typeof sent !== 'object' || sent === null || !(name in sent)) return null
  const value: unknown = Reflect.get(sent, name)
  return Value.Check(schema, value) ? value : null
}
