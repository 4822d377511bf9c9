/** An element to write: its children, or the text between its tags, never both. */
export type XmlNode = {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly content: readonly XmlNode[] | string
}

/** A character that no escape can bring into XML 1.0 (§2.2): a control character, half a surrogate pair, U+FFFE. */
export class IllegalXmlCharacter extends Error {
  readonly element: string

  constructor(element: string) {
    super(`the text of ${element} holds a character XML cannot carry`)
    this.name = 'IllegalXmlCharacter'
    this.element = element
  }
}

// With the u flag a lone surrogate is matched by its own code point; a pair never is.
const illegal = /[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // XML 1.0 §2.11 and §3.3.3: a parser turns these, written plainly, into line feeds and spaces.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** @returns whether XML 1.0 can carry the text at all */
export function isXmlText(text: string): boolean {
  return !illegal.test(text)
}

export function element(
  name: string,
  content: readonly XmlNode[] | string,
  attributes: Readonly<Record<string, string>> = {},
): XmlNode {
  return { name, attributes, content }
}

/**
 * Writes a document: declaration, two spaces per level, CRLF as Windows' own tools end lines. Attributes and children
 * keep their order; text stands between its tags with nothing added.
 *
 * @throws IllegalXmlCharacter
 */
export function writeXml(root: XmlNode): string {
  return ['<?xml version="1.0" encoding="utf-8"?>', ...writeElement(root, ''), ''].join('\r\n')
}

function writeElement(node: XmlNode, indent: string): string[] {
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escape(value, node.name)}"`)
  const start = `${indent}<${node.name}${attributes.join('')}>`
  if (typeof node.content === 'string') return [`${start}${escape(node.content, node.name)}</${node.name}>`]
  const children = node.content.flatMap((child) => writeElement(child, `${indent}  `))
  return [start, ...children, `${indent}</${node.name}>`]
}

function escape(text: string, name: string): string {
  if (!isXmlText(text)) throw new IllegalXmlCharacter(name)
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)
}
