import type { TSchema } from 'typebox'
import type { CatalogueList, Field } from './fields.ts'

/** How a person sets a value, derived from what may stand there. */
export type Control =
  | { kind: 'switch' }
  | { kind: 'number'; least: number | null; most: number | null; whole: boolean }
  /** One of these; `open` when other values can stand there too, which are written in the text. */
  | { kind: 'choice'; values: readonly (string | number)[]; open: boolean }
  | { kind: 'choices'; values: readonly (string | number)[] }
  | { kind: 'text'; longest: number | null; lines: boolean }
  | { kind: 'texts' }
  | { kind: 'numbers' }
  /** Something of the catalogue, or several; or one of `words`, which stand for more. */
  | { kind: 'catalogue'; of: CatalogueList; many: boolean; words: readonly string[] }
  /** Texts with names of their own. */
  | { kind: 'map'; keys: readonly string[] }
  /** Too much for a form: it is written in the text. */
  | { kind: 'yaml' }

/** JSON Schema as TypeBox writes it, of which only this much is looked at. */
type Shape = TSchema & {
  type?: string
  const?: unknown
  anyOf?: Shape[]
  items?: Shape
  properties?: Record<string, Shape>
  minimum?: number
  maximum?: number
  maxLength?: number
}

/** The control for a setting. Pure and total. */
export function controlFor(schema: TSchema, { of, lines }: Pick<Field, 'of' | 'lines'>): Control {
  const shape: Shape = schema
  const forms = shape.anyOf ?? [shape]
  const words = forms.flatMap(({ const: value }) =>
    typeof value === 'string' || typeof value === 'number' ? [value] : [],
  )
  const list = forms.find(({ type }) => type === 'array')
  if (of !== undefined) return { kind: 'catalogue', of, many: list !== undefined, words: words.map(String) }
  if (words.length > 0) return { kind: 'choice', values: words, open: words.length < forms.length }
  if (list?.items !== undefined) return listControl(list.items)
  return plainControl(shape, lines === true)
}

function listControl(items: Shape): Control {
  const values = (items.anyOf ?? []).flatMap(({ const: value }) => (typeof value === 'string' ? [value] : []))
  if (values.length > 0) return { kind: 'choices', values }
  if (items.type === 'string') return { kind: 'texts' }
  return items.type === 'integer' ? { kind: 'numbers' } : { kind: 'yaml' }
}

function plainControl({ type, minimum, maximum, maxLength, properties = {} }: Shape, lines: boolean): Control {
  switch (type) {
    case 'boolean':
      return { kind: 'switch' }
    case 'integer':
    case 'number':
      return { kind: 'number', least: minimum ?? null, most: maximum ?? null, whole: type === 'integer' }
    case 'string':
      return { kind: 'text', longest: maxLength ?? null, lines }
    case 'object': {
      const isPlain = Object.values(properties).every((each) => each.type === 'string')
      return isPlain ? { kind: 'map', keys: Object.keys(properties) } : { kind: 'yaml' }
    }
    default:
      return { kind: 'yaml' }
  }
}
