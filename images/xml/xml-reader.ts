import { SaxesParser } from 'saxes'
import { MalformedXml } from './malformed-xml.ts'

/** An element: attributes, children, and the text between them joined. */
export type XmlElement = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

type OpenElement = XmlElement & { readonly children: XmlElement[]; text: string }

/** How much is read of one text: UTF-16 units, elements, levels. */
export type XmlLimits = { readonly characters: number; readonly elements: number; readonly depth: number }

const usual: XmlLimits = { characters: 8 * 1024 * 1024, elements: 200_000, depth: 32 }

/**
 * Reads XML that strangers may have made, as strictly as the standard asks and with nothing that could grow: no
 * DOCTYPE, so no entities but the five of XML and character references; at most 8 Mi characters, 200,000 elements,
 * 32 levels, unless whoever reads a format that grows larger says so.
 *
 * @param text - without byte order mark
 * @throws MalformedXml
 */
export function readXml(text: string, limits: XmlLimits = usual): XmlElement {
  if (text.length > limits.characters) throw new MalformedXml(limits.characters, 'too long')
  const parser = new SaxesParser()
  const refuse = (why: string): never => {
    throw new MalformedXml(parser.position, why)
  }
  const open: OpenElement[] = []
  let root: XmlElement | undefined
  let elements = 0
  const addText = (piece: string): void => {
    const current = open.at(-1)
    if (current !== undefined) current.text += piece
  }
  parser.on('error', (error) => refuse(error.message))
  parser.on('doctype', () => refuse('a DOCTYPE'))
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1
    if (elements > limits.elements) refuse('too many elements')
    if (open.length === limits.depth) refuse('too deep')
    const element: OpenElement = { name, attributes: new Map(Object.entries(attributes)), children: [], text: '' }
    open.at(-1)?.children.push(element)
    root ??= element
    open.push(element)
  })
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return root ?? refuse('no element')
}

/** The first child with this name, or, with slashes, the first at this path; undefined when there is none. */
export function findElement(element: XmlElement, path: string): XmlElement | undefined {
  let found: XmlElement | undefined = element
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name)
  return found
}
