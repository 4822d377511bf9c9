import type { CabinetCompression } from '../cabinet/directory.ts'
import type { WimCompression } from '../wim/header.ts'

/** A text that would say more of an update and could not be read here, and how it is packed: names say the rest. */
export type UnreadText = { readonly member: string; readonly packing: CabinetCompression | WimCompression }
