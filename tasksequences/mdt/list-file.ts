import { readXml, type XmlElement } from '../../images/xml/xml-reader.ts'

/**
 * An entry of one of MDT's lists (`Applications.xml`, `Drivers.xml`, …): a `guid`, whether it is enabled and hidden, and
 * fields of which some come several times.
 */
export type ListEntry = {
  readonly guid: string
  readonly isEnabled: boolean
  readonly isHidden: boolean
  readonly fields: ReadonlyMap<string, readonly string[]>
}

/** A share of five thousand drivers has a Drivers.xml of 20 MB. */
export const listLimits = { characters: 32 * 1024 * 1024, elements: 1_000_000, depth: 32 } as const

/**
 * Reads one of MDT's lists: a root of any name, an element for each entry, one line or many, without a namespace.
 *
 * @param text - without byte order mark
 * @throws MalformedXml
 */
export function readList(text: string): ListEntry[] {
  return readXml(text, listLimits).children.map(readEntry)
}

function readEntry(element: XmlElement): ListEntry {
  const fields = new Map<string, string[]>()
  for (const { name, text } of element.children) {
    const values = fields.get(name)
    if (values === undefined) fields.set(name, [text.trim()])
    else values.push(text.trim())
  }
  return {
    guid: guidOf(element.attributes.get('guid') ?? ''),
    isEnabled: !isNo(element.attributes.get('enable')),
    isHidden: isYes(element.attributes.get('hide')),
    fields,
  }
}

/** Guids are compared in small letters, with their braces. */
export function guidOf(text: string): string {
  return text.trim().toLowerCase()
}

/** The first value of a field; empty text when it is not there. */
export function field(entry: ListEntry, name: string): string {
  return entry.fields.get(name)?.[0] ?? ''
}

/** All values of a field that are not empty. */
export function fieldValues(entry: ListEntry, name: string): string[] {
  return (entry.fields.get(name) ?? []).filter((value) => value !== '')
}

/** `True`, as MDT and those who edit its files write it. */
export function isYes(text: string | undefined): boolean {
  return /^(true|yes|1)$/i.test(text?.trim() ?? '')
}

function isNo(text: string | undefined): boolean {
  return /^(false|no|0)$/i.test(text?.trim() ?? '')
}
