import type { InfManufacturer } from '../inf/models.ts'
import type { InfProblem } from '../inf/problem.ts'
import type { InfArchitecture } from '../inf/target-os.ts'

/** A model a pack is made for: its maker, and the product name on its board (SMBIOS type 2). */
export type BoardModel = { readonly manufacturer: string; readonly product: string }

/**
 * What an INF installs: a device's own driver, an extension that adds to it (several may), or a software component
 * that one of them creates.
 */
export type DriverKind = 'device' | 'extension' | 'component'

/** One driver of a pack, as its INF describes it. */
export type PackDriver = {
  /** Path of the INF within the pack, with `/`. */
  readonly inf: string
  readonly kind: DriverKind
  readonly className: string | null
  readonly provider: string | null
  /** `2.1.4.3` of [Version]; null where it has none. A model may have its own. */
  readonly version: string | null
  /** `2024-03-21` */
  readonly date: string | null
  readonly extensionId: string | null
  /** Every hardware and compatible id it serves on any Windows, upper case, sorted. */
  readonly hardwareIds: readonly string[]
  readonly architectures: readonly InfArchitecture[]
  /** The least build of Windows 10 or 11 it takes; 0 for any. */
  readonly osFrom: number
  readonly componentIds: readonly string[]
  readonly manufacturers: readonly InfManufacturer[]
}

/** A folder of drivers with its index; no models means: for any board. */
export type DriverPack = {
  readonly name: string
  readonly models: readonly BoardModel[]
  readonly drivers: readonly PackDriver[]
  /** Paths of INFs that serve no device: setup programs' own, or ones the reader could not make sense of. */
  readonly withoutDevices: readonly string[]
  /** What in any INF is not as it should be; the driver may be good all the same. */
  readonly problems: readonly PackProblem[]
}

export type PackProblem = InfProblem & { readonly inf: string }

/** An INF of a pack's folder as bytes. */
export type InfFile = { readonly path: string; readonly bytes: Uint8Array }
