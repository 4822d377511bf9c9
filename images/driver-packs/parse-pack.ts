import { Type, type Static } from 'typebox'
import { readFileBySchema, type ParsedFile } from '../../text/yaml/read-value.ts'

const exact = { additionalProperties: false }
const Text = Type.String({ minLength: 1, maxLength: 128 })

/** `pack.yaml` in a driver pack's folder: the boards it is made for. Without it the pack is for any. */
const PackFile = Type.Object(
  {
    description: Type.Optional(Type.String({ maxLength: 1024 })),
    /** Maker and product as the board's own firmware says them (SMBIOS type 2). */
    models: Type.Array(Type.Object({ manufacturer: Text, product: Text }, exact), { minItems: 1, maxItems: 200 }),
  },
  exact,
)
export type PackFile = Static<typeof PackFile>

/** Reads a pack's `pack.yaml`. Total. */
export function parsePack(text: string): ParsedFile<PackFile> {
  return readFileBySchema(text, PackFile)
}
