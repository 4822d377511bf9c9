import { Type, type Static } from 'typebox'
import { DebloatProfile } from '../../images/debloat/profile.ts'
import { SoftwareManifest } from '../../images/software/manifest.ts'

/**
 * What a run takes from the catalogue beside its image, pinned when it is made. Files are named by their content:
 * `materialPathOf` in `paths.ts` says where the run token gives them, for as long as the run lives.
 */
export const MaterialFile = Type.Object({
  /** Where it belongs below its folder, with `/`: `e1d65x64.inf`, `Host/TeamViewer_Host.msi`. */
  path: Type.String({ maxLength: 1024 }),
  sizeBytes: Type.Integer({ minimum: 0 }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
})
export type MaterialFile = Static<typeof MaterialFile>

export const PinnedDrivers = Type.Object({
  pack: Type.String({ maxLength: 128 }),
  /** INFs to install, as paths of `files`. */
  infs: Type.Array(Type.String({ maxLength: 1024 })),
  /** Everything those INFs lie beside. */
  files: Type.Array(MaterialFile),
})
export type PinnedDrivers = Static<typeof PinnedDrivers>

export const PinnedSoftware = Type.Object({
  id: Type.String({ maxLength: 64 }),
  manifest: SoftwareManifest,
  files: Type.Array(MaterialFile),
})
export type PinnedSoftware = Static<typeof PinnedSoftware>

export const PinnedProfile = Type.Object({
  id: Type.String({ maxLength: 64 }),
  /** SHA-256 of its file. */
  version: Type.String({ maxLength: 64 }),
  profile: DebloatProfile,
})
export type PinnedProfile = Static<typeof PinnedProfile>

/** An update package of the catalogue: an MSU or CAB, with the checkpoint packages DISM wants beside it. */
export const PinnedUpdate = Type.Object({
  /** `KB5058411`, or the file's name. */
  id: Type.String({ maxLength: 128 }),
  title: Type.String({ maxLength: 256 }),
  /** The package to install, a path of `files`. */
  file: Type.String({ maxLength: 512 }),
  files: Type.Array(MaterialFile),
})
export type PinnedUpdate = Static<typeof PinnedUpdate>

/** The revision to which an update package of the catalogue brings a build of Windows. */
export const PinnedLevel = Type.Object({
  build: Type.Integer({ minimum: 0 }),
  revision: Type.Integer({ minimum: 0 }),
  /** The package's id and title. */
  id: Type.String({ maxLength: 128 }),
  title: Type.String({ maxLength: 256 }),
})
export type PinnedLevel = Static<typeof PinnedLevel>

export const Materials = Type.Object({
  /** The Windows agent's executable, for `prepare-windows`. */
  agent: Type.Optional(Type.Object({ version: Type.String({ maxLength: 64 }), file: MaterialFile })),
  /** In the order to install them: what a package needs comes before it. */
  software: Type.Array(PinnedSoftware),
  profiles: Type.Array(PinnedProfile),
  drivers: Type.Array(PinnedDrivers),
  updates: Type.Array(PinnedUpdate),
  /** For `verify`: one a build, of all packages there are, whether this run takes them or not. */
  levels: Type.Optional(Type.Array(PinnedLevel)),
})
export type Materials = Static<typeof Materials>

export const noMaterials: Materials = { software: [], profiles: [], drivers: [], updates: [] }
