import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'

const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** `manifest.json` beside each prepared image: everything the product knows of it. */
export const Manifest = Type.Object({
  format: Type.Literal(1),
  id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,79}$' }),
  name: Type.String(),
  description: Type.String(),
  edition: Type.String(),
  architecture: Type.Union([Type.Literal('x64'), Type.Literal('x86'), Type.Literal('arm64'), Type.Literal('unknown')]),
  build: Type.String(),
  languages: Type.Array(Type.String()),
  defaultLanguage: Type.String(),
  fileCount: Type.Integer({ minimum: 0 }),
  /** Of the prepared file. */
  sizeBytes: Type.Integer({ minimum: 1 }),
  /** Of what it unpacks to. */
  contentBytes: Type.Integer({ minimum: 0 }),
  /** Of the prepared file. */
  sha256: Sha256,
  /** Of the image's metadata resource: the same for the same image in any file. */
  contentSha1: Type.String({ pattern: '^[0-9a-f]{40}$' }),
  source: Type.Object({ fileName: Type.String(), sha256: Sha256, index: Type.Integer({ minimum: 1 }) }),
  /** The wimlib that made it, as "1.14.4". */
  wimlib: Type.String(),
  preparedAt: Type.String(),
})
export type Manifest = Static<typeof Manifest>
/** An image that can be deployed. */
export type Image = Manifest

/** Reads a manifest; undefined when the text is not one. */
export function parseManifest(text: string): Manifest | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  return Value.Check(Manifest, value) ? value : undefined
}
