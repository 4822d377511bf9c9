import type { BoardModel, DriverPack } from './driver-pack.ts'

/** What SMBIOS says of a board; null where the firmware says nothing. */
export type Board = { readonly manufacturer: string | null; readonly product: string | null }

/**
 * How a pack stands to a board: made for it, made for any, or made for others. The last is used only for devices that
 * would be left without a driver, since a driver that names a device serves it on whatever board.
 */
export type PackFit = 'model' | 'any' | 'other'

/**
 * The makers under whose name one NUC goes: Intel's two, ASUS since it took the NUC over in 2023, and the integrator
 * ByteSpeed, which some ASUS-era firmware reports (MSEndpointMgr/ModernDriverManagement PR 313).
 */
const nucMakers = [/^intel\b/, /^asus/, /^bytespeed\b/]

/** How well a pack suits a board. */
export function packFit({ models }: DriverPack, board: Board): PackFit {
  if (models.length === 0) return 'any'
  return models.some((model) => isBoard(model, board)) ? 'model' : 'other'
}

function isBoard(model: BoardModel, board: Board): boolean {
  if (board.product === null || plain(board.product) !== plain(model.product)) return false
  return board.manufacturer !== null && maker(board.manufacturer) === maker(model.manufacturer)
}

function maker(text: string): string {
  const name = plain(text)
  return nucMakers.some((pattern) => pattern.test(name)) ? 'nuc' : name
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\((r|tm)\)|[,.]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
