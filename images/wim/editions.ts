import type { ProcessorArchitecture } from '../processor-architecture.ts'
import { MalformedXml } from '../xml/malformed-xml.ts'
import { findElement, readXml, type XmlElement } from '../xml/xml-reader.ts'
import { MalformedWim } from './malformed-wim.ts'

export type Architecture = ProcessorArchitecture | 'unknown'
export type WindowsVersion = {
  readonly major: number
  readonly minor: number
  readonly build: number
  /** The update level: 4349 in 26100.4349 ("SPBUILD" in the file). */
  readonly revision: number
}

/** One image of a WIM, as its XML describes it. Texts are empty and `version` undefined when the file does not say. */
export type Edition = {
  /** From 1, as wimlib and DISM count. */
  readonly index: number
  readonly name: string
  /** What to show: DISPLAYNAME, else NAME, else "Image 3". */
  readonly displayName: string
  readonly description: string
  /** EDITIONID, else FLAGS: "Professional", "Core", "Enterprise"… */
  readonly edition: string
  readonly architecture: Architecture
  readonly version?: WindowsVersion
  /** "26100.4349", or empty. */
  readonly build: string
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  /** Bytes of all its files once written, hard links counted once per name. */
  readonly sizeBytes: number
  /** Of these, bytes that are further names of the same file. */
  readonly hardLinkBytes: number
  readonly fileCount: number
  readonly directoryCount: number
}

export type WimDescription = { readonly editions: readonly Edition[]; readonly encrypted: boolean }

/** PROCESSOR_ARCHITECTURE_* of winnt.h. */
const architectures: Readonly<Record<string, Architecture>> = { '0': 'x86', '9': 'x64', '12': 'arm64' }
const longestText = 512

/**
 * Reads the XML data of a WIM.
 *
 * @param bytes - UTF-16LE, with or without byte order mark, hostile or not
 * @throws MalformedWim
 */
export function decodeDescription(bytes: Uint8Array): WimDescription {
  const root = readRoot(decodeText(bytes))
  if (root.name !== 'WIM') throw new MalformedWim('xml', 0, `root is ${root.name}`)
  const editions = root.children.filter((child) => child.name === 'IMAGE').map(readEdition)
  if (new Set(editions.map((edition) => edition.index)).size !== editions.length) {
    throw new MalformedWim('xml', 0, 'two images with one index')
  }
  // Microsoft's encrypted ESDs say so here; wimlib knows them by the same element.
  return {
    editions: editions.toSorted((a, b) => a.index - b.index),
    encrypted: findElement(root, 'ESD/ENCRYPTED') !== undefined,
  }
}

function readRoot(text: string): XmlElement {
  try {
    return readXml(text)
  } catch (error) {
    if (error instanceof MalformedXml) throw new MalformedWim('xml', error.offset * 2, error.why)
    throw error
  }
}

function decodeText(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new MalformedWim('xml', bytes.length, 'half a character')
  try {
    return new TextDecoder('utf-16le', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new MalformedWim('xml', 0, `not UTF-16: ${String(error)}`)
  }
}

function readEdition(image: XmlElement): Edition {
  const index = Number(image.attributes.get('INDEX'))
  if (!Number.isInteger(index) || index < 1) throw new MalformedWim('xml', 0, 'an IMAGE without INDEX')
  const name = textAt(image, 'NAME')
  const version = readVersion(image)
  const defaultLanguage = textAt(image, 'WINDOWS/LANGUAGES/DEFAULT')
  return {
    index,
    name,
    displayName: textAt(image, 'DISPLAYNAME') || name || `Image ${index}`,
    description: textAt(image, 'DESCRIPTION'),
    edition: textAt(image, 'WINDOWS/EDITIONID') || textAt(image, 'FLAGS'),
    architecture: architectures[textAt(image, 'WINDOWS/ARCH')] ?? 'unknown',
    ...(version === undefined ? {} : { version }),
    // A VERSION without BUILD says nothing of the build.
    build: version === undefined || version.build === 0 ? '' : `${version.build}.${version.revision}`,
    languages: languagesOf(image, defaultLanguage),
    defaultLanguage,
    sizeBytes: countAt(image, 'TOTALBYTES'),
    hardLinkBytes: countAt(image, 'HARDLINKBYTES'),
    fileCount: countAt(image, 'FILECOUNT'),
    directoryCount: countAt(image, 'DIRCOUNT'),
  }
}

/** The default one first: whoever asks for the image's language means that, and dism lists them by name. */
function languagesOf(image: XmlElement, defaultLanguage: string): string[] {
  const listed = findElement(image, 'WINDOWS/LANGUAGES')?.children.filter(({ name }) => name === 'LANGUAGE') ?? []
  const languages = listed.map(({ text }) => plain(text)).filter((language) => language !== '')
  const isDefault = (language: string): number => (language.toLowerCase() === defaultLanguage.toLowerCase() ? 0 : 1)
  return languages.toSorted((one, other) => isDefault(one) - isDefault(other))
}

function readVersion(image: XmlElement): WindowsVersion | undefined {
  const version = findElement(image, 'WINDOWS/VERSION')
  if (version === undefined) return undefined
  return {
    major: countAt(version, 'MAJOR'),
    minor: countAt(version, 'MINOR'),
    build: countAt(version, 'BUILD'),
    revision: countAt(version, 'SPBUILD'),
  }
}

function textAt(element: XmlElement, path: string): string {
  return plain(findElement(element, path)?.text ?? '')
}

/** One line, no control characters, never longer than a name has reason to be. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, longestText)
}

/** A count that is absent, or not one, is 0: the file is no worse for it, and the size on disk is measured anyway. */
function countAt(element: XmlElement, path: string): number {
  const text = textAt(element, path)
  const value = /^(?:0x[0-9a-f]{1,14}|[0-9]{1,16})$/i.test(text) ? Number(text) : 0
  return Number.isSafeInteger(value) ? value : 0
}
