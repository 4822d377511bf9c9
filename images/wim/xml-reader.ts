import { MalformedWim } from './malformed-wim.ts'

/** An element of the small XML a WIM carries: attributes, children, and the text between them joined. */
export type XmlElement = {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

type OpenElement = { name: string; attributes: Map<string, string>; children: XmlElement[]; text: string; at: number }

const limits = { characters: 8 * 1024 * 1024, elements: 200_000, depth: 32 } as const
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const tag = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[A-Za-z_][\w.:-]*\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const attribute = /([A-Za-z_][\w.:-]*)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g

/**
 * Reads the XML of a WIM, strictly and with nothing that could grow: no DOCTYPE, no entities but the five of XML and
 * character references, at most 8 Mi characters, 200,000 elements, 32 levels.
 *
 * @param text - without byte order mark
 * @throws MalformedWim with the offset in characters
 */
export function readXml(text: string): XmlElement {
  if (text.length > limits.characters) throw new MalformedWim('xml', limits.characters, 'too long')
  const root: OpenElement = { name: '', attributes: new Map(), children: [], text: '', at: 0 }
  const open: OpenElement[] = [root]
  let elements = 0
  let at = 0
  while (at < text.length) {
    const current = open.at(-1) ?? root
    const next = text.indexOf('<', at)
    if (next !== at) {
      const until = next === -1 ? text.length : next
      current.text += unescape(text.slice(at, until), at)
      at = until
      continue
    }
    const passage = passOver(text, at)
    if (passage !== undefined) {
      current.text += passage.text
      at = passage.end
      continue
    }
    tag.lastIndex = at
    const match = tag.exec(text)
    if (match === null) throw new MalformedWim('xml', at, 'not a tag')
    const [whole, closing, name = '', rest = '', selfClosing] = match
    if (closing === '/') closeElement(open, name, at)
    else {
      elements += 1
      if (elements > limits.elements) throw new MalformedWim('xml', at, 'too many elements')
      if (open.length > limits.depth) throw new MalformedWim('xml', at, 'too deep')
      open.push({ name, attributes: readAttributes(rest, at), children: [], text: '', at })
      if (selfClosing === '/') closeElement(open, name, at)
    }
    at += whole.length
  }
  return onlyElement(open, root, text.length)
}

function onlyElement(open: readonly OpenElement[], root: OpenElement, end: number): XmlElement {
  if (open.length !== 1) throw new MalformedWim('xml', end, `${open.at(-1)?.name ?? ''} is not closed`)
  const [element, ...others] = root.children
  if (element === undefined || others.length > 0) throw new MalformedWim('xml', end, 'not exactly one root element')
  if (root.text.trim() !== '') throw new MalformedWim('xml', end, 'text outside the root element')
  return element
}

function closeElement(open: OpenElement[], name: string, at: number): void {
  const element = open.pop()
  const parent = open.at(-1)
  if (element === undefined || parent === undefined || element.name !== name) {
    throw new MalformedWim('xml', at, `</${name}> closes nothing`)
  }
  parent.children.push({ name, attributes: element.attributes, children: element.children, text: element.text })
}

/** The XML declaration and comments say nothing; CDATA is text; a DOCTYPE or anything else is refused by the caller. */
function passOver(text: string, at: number): { text: string; end: number } | undefined {
  for (const [start, end, isText] of [
    ['<!--', '-->', false],
    ['<![CDATA[', ']]>', true],
    ['<?xml ', '?>', false],
  ] as const) {
    if (!text.startsWith(start, at)) continue
    const stop = text.indexOf(end, at + start.length)
    if (stop === -1) throw new MalformedWim('xml', at, `${start} without end`)
    return { text: isText ? text.slice(at + start.length, stop) : '', end: stop + end.length }
  }
  return undefined
}

function readAttributes(text: string, at: number): Map<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    if (found.has(name)) throw new MalformedWim('xml', at, `${name} twice`)
    found.set(name, unescape(double ?? single ?? '', at))
  }
  return found
}

function unescape(text: string, at: number): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|([A-Za-z]+));|&/g, (whole, hex, decimal, name) => {
    if (name !== undefined && Object.hasOwn(named, String(name))) return named[String(name)] ?? ''
    const code = hex !== undefined ? Number.parseInt(String(hex), 16) : Number(decimal)
    const allowed = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0x10ffff)
    if (!allowed || (code >= 0xd800 && code <= 0xdfff)) throw new MalformedWim('xml', at, `${whole} is not allowed`)
    return String.fromCodePoint(code)
  })
}

/** The first child with this name, or, with slashes, the first at this path; undefined when there is none. */
export function findElement(element: XmlElement, path: string): XmlElement | undefined {
  let found: XmlElement | undefined = element
  for (const name of path.split('/')) found = found?.children.find((child) => child.name === name)
  return found
}
