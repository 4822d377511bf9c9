import { DebloatKind } from '../../../images/debloat/profile.ts'
import { Type, type Static } from 'typebox'
import { Sentence } from '../../../agent/protocol/messages.ts'

const MaybeText = Type.Union([Type.String(), Type.Null()])
const Count = Type.Integer({ minimum: 0 })
const list = <Item extends Parameters<typeof Type.Array>[0]>(item: Item) => Type.Array(item)

/** What is wrong with a file of the catalogue, and where. */
export const FileProblemView = Type.Object({
  code: Type.String(),
  message: Sentence,
  line: Type.Integer(),
  column: Type.Integer(),
})
export type FileProblemView = Static<typeof FileProblemView>

const Origin = Type.Union([Type.Literal('shipped'), Type.Literal('own')])

export const SoftwareView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: MaybeText,
  /** Whose manifest: ours, or the workshop's own. */
  origin: Origin,
  state: Type.Union([
    Type.Literal('ready'),
    Type.Literal('installer-missing'),
    Type.Literal('installer-ambiguous'),
    Type.Literal('invalid'),
  ]),
  /** The folder of the server where the installer lies or belongs. */
  folder: Type.String(),
  /** Null when the manifest cannot be read. `file` as the manifest says it, `found` as it is there. */
  installer: Type.Union([Type.Object({ kind: Type.String(), file: Type.String(), found: MaybeText }), Type.Null()]),
  source: Type.Union([Type.Object({ where: Sentence, url: MaybeText }), Type.Null()]),
  /** Files that may all be the installer, when it is not clear. */
  candidates: list(Type.String()),
  needs: list(Type.String()),
  shortcut: MaybeText,
  /** What it brings into the stock record. */
  reports: list(Sentence),
  /** Secrets it refers to, by name. */
  secrets: list(Type.String()),
  files: Count,
  sizeBytes: Count,
  /** Names of the sequences that take it. */
  usedBy: list(Type.String()),
  problems: list(FileProblemView),
})
export type SoftwareView = Static<typeof SoftwareView>

export const DriverPackView = Type.Object({
  name: Type.String(),
  description: MaybeText,
  folder: Type.String(),
  /** Boards it is made for; none means any. */
  models: list(Type.Object({ manufacturer: Type.String(), product: Type.String() })),
  infs: Count,
  /** Different hardware ids its INFs name. */
  deviceIds: Count,
  /** Date of its newest driver, `2024-03-21`. */
  newest: MaybeText,
  files: Count,
  sizeBytes: Count,
  /** What it would drive of the models the workshop knows. */
  serves: list(Type.Object({ product: Type.String(), devices: Count })),
  /** What keeps runs from taking it. */
  problems: list(FileProblemView),
  /** What its INFs do not hold as they should; their drivers may be good all the same. */
  remarks: list(Type.Object({ inf: Type.String(), line: Type.Integer(), message: Sentence })),
  remarkCount: Count,
})
export type DriverPackView = Static<typeof DriverPackView>

export const UpdateView = Type.Object({
  /** `KB5058411`, else the file's name. */
  id: Type.String(),
  /** The folder's or file's name. */
  title: Type.String(),
  /** The package to install, from the folder of updates on. */
  file: Type.String(),
  windows: Type.Union([Type.Literal(10), Type.Literal(11), Type.Null()]),
  architecture: MaybeText,
  /** Whether any run could take it: Etabli prepares 64-bit PCs, and takes no damaged file. */
  usable: Type.Boolean(),
  /** What its files are that they should not be. */
  problems: list(FileProblemView),
  servicingStack: Type.Boolean(),
  /** What lies together, the package itself too. */
  files: list(Type.Object({ path: Type.String(), sizeBytes: Count })),
  sizeBytes: Count,
})
export type UpdateView = Static<typeof UpdateView>

export const ProfileView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: Type.Union([Sentence, Type.Null()]),
  origin: Origin,
  version: Type.String(),
  items: list(
    Type.Object({
      kind: DebloatKind,
      name: Type.String(),
      title: Type.Union([Sentence, Type.Null()]),
      why: Sentence,
    }),
  ),
  /** Names of the sequences that take it. */
  usedBy: list(Type.String()),
  problems: list(FileProblemView),
})
export type ProfileView = Static<typeof ProfileView>

/** Something in a folder that is none of what belongs there. */
export const StrayView = Type.Object({ path: Type.String(), message: Sentence })
export type StrayView = Static<typeof StrayView>

const Folder = { folder: Type.String(), next: Type.Null() }
export const SoftwareList = Type.Object({ items: list(SoftwareView), ...Folder })
export type SoftwareList = Static<typeof SoftwareList>
export const DriverPackList = Type.Object({ items: list(DriverPackView), strays: list(StrayView), ...Folder })
export type DriverPackList = Static<typeof DriverPackList>
export const UpdateList = Type.Object({ items: list(UpdateView), strays: list(StrayView), ...Folder })
export type UpdateList = Static<typeof UpdateList>
export const ProfileList = Type.Object({ items: list(ProfileView), ...Folder })
export type ProfileList = Static<typeof ProfileList>

/** GET /api/machines/:id/drivers?imageId=: which driver each device gets, those without one first. */
export const DriverCoverageView = Type.Object({
  /** The Windows it is answered for. */
  windows: Type.Object({ build: Type.Integer(), image: MaybeText }),
  /** Whether the machine has described its hardware. */
  known: Type.Boolean(),
  packs: Count,
  items: list(
    Type.Object({
      address: Type.String(),
      hardwareId: Type.String(),
      state: Type.Union([Type.Literal('nobody'), Type.Literal('driver'), Type.Literal('windows')]),
      device: Sentence,
      driver: Sentence,
    }),
  ),
  /** What to know of a storage controller in VMD or RAID mode, and the ways out. */
  storage: list(Sentence),
  next: Type.Null(),
})
export type DriverCoverageView = Static<typeof DriverCoverageView>

/** PUT /api/software/:id/files/:name?offset=N&size=BYTES: the bytes from `offset` on of an installer of `size` bytes. */
export const ReceivedView = Type.Object({ receivedBytes: Count, sizeBytes: Count })
export type ReceivedView = Static<typeof ReceivedView>
