import { Type, type Static } from 'typebox'
import { Problem } from '../deployments/schema.ts'

export const EditionView = Type.Object({
  index: Type.Integer(),
  name: Type.String(),
  edition: Type.String(),
  architecture: Type.String(),
  build: Type.String(),
  languages: Type.Array(Type.String()),
  sizeBytes: Type.Integer(),
})
export type EditionView = Static<typeof EditionView>

/** An image that can be deployed: one edition, prepared. */
export const ImageView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  edition: Type.String(),
  architecture: Type.String(),
  build: Type.String(),
  languages: Type.Array(Type.String()),
  /** Of the prepared file. */
  sizeBytes: Type.Integer(),
  /** Of what it unpacks to. */
  contentBytes: Type.Integer(),
  sha256: Type.String(),
  sourceName: Type.String(),
  preparedAt: Type.String({ format: 'date-time' }),
  /** Runs going on with it now; such an image is not removed. */
  inUse: Type.Integer(),
})
export type ImageView = Static<typeof ImageView>

/** A source on its way into the catalogue. */
export const ImportView = Type.Object({
  id: Type.String(),
  fileName: Type.String(),
  sizeBytes: Type.Integer(),
  receivedBytes: Type.Integer(),
  state: Type.Union([
    Type.Literal('uploading'),
    Type.Literal('inspecting'),
    Type.Literal('choose'),
    Type.Literal('preparing'),
    Type.Literal('done'),
    Type.Literal('failed'),
  ]),
  editions: Type.Array(EditionView),
  selected: Type.Array(Type.Integer()),
  progress: Type.Union([
    Type.Object({
      phase: Type.Union([
        Type.Literal('hashing'),
        Type.Literal('verifying'),
        Type.Literal('exporting'),
        Type.Literal('hashing-result'),
      ]),
      fraction: Type.Union([Type.Number(), Type.Null()]),
      bytesPerSecond: Type.Union([Type.Number(), Type.Null()]),
      secondsLeft: Type.Union([Type.Number(), Type.Null()]),
    }),
    Type.Null(),
  ]),
  problem: Type.Union([Problem, Type.Null()]),
  imageIds: Type.Array(Type.String()),
})
export type ImportView = Static<typeof ImportView>

/**
 * POST /api/imports: `{path}` of a file on the server, or `{fileName, sizeBytes}` to upload it with
 * PUT /api/imports/:id/content?offset=N (raw bytes; 409 UPLOAD_OFFSET with the right offset when it differs).
 * POST /api/imports/:id/prepare {editions} · DELETE /api/imports/:id · GET /api/imports
 * GET /api/images · DELETE /api/images/:id · GET /api/images/space → {freeBytes, totalBytes, imagesBytes}
 */
export const ImportRequest = Type.Union([
  Type.Object({ path: Type.String({ minLength: 1, maxLength: 4096 }) }, { additionalProperties: false }),
  Type.Object(
    { fileName: Type.String({ minLength: 1, maxLength: 255 }), sizeBytes: Type.Integer({ minimum: 1 }) },
    { additionalProperties: false },
  ),
])
export const PrepareRequest = Type.Object({
  editions: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 64 }),
})
export const Space = Type.Object({ freeBytes: Type.Integer(), totalBytes: Type.Integer(), imagesBytes: Type.Integer() })
export type Space = Static<typeof Space>
export const ImageList = Type.Object({ items: Type.Array(ImageView), next: Type.Union([Type.String(), Type.Null()]) })
export const ImportList = Type.Object({ items: Type.Array(ImportView), next: Type.Union([Type.String(), Type.Null()]) })
