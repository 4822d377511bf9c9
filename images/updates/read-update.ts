import { readCabinetDirectory, readCabinetFile } from '../cabinet/read-cabinet.ts'
import type { PositionalReader } from '../positional-reader.ts'
import { looksLikeWim } from '../wim/header.ts'
import { readWimFiles } from '../wim/read-wim-files.ts'
import { decodePackageIdentities } from './package-identity.ts'
import { decodePackageProperties } from './package-properties.ts'
import { isAggregatedMetadata, readComponentDatabases } from './read-component-databases.ts'
import { describeUpdate, type UpdateContent } from './update-content.ts'
import type { UnreadText } from './unread-text.ts'
import type { UpdateFile } from './update-file.ts'

export type ReadUpdate = { readonly update: UpdateFile; readonly unread: readonly UnreadText[] }

const longestText = 4 * 1024 * 1024
const mostTexts = 8

/**
 * Reads what an update package is from its content. An MSU is a cabinet of cabinets with an XML and a text of properties;
 * since checkpoints (24H2) a WIM of them. A CAB has its manifest `update.mum`.
 *
 * @param path - its name, which says what its content does not
 * @throws MalformedCabinet, MalformedWim for what is neither or damaged
 */
export async function readUpdate(path: string, reader: PositionalReader): Promise<ReadUpdate> {
  const content = looksLikeWim(await reader.read(0, 8)) ? await contentOfWim(reader) : await contentOfCabinet(reader)
  return { update: describeUpdate(path, content), unread: content.unread }
}

type Content = UpdateContent & { readonly unread: readonly UnreadText[] }

async function contentOfCabinet(reader: PositionalReader): Promise<Content> {
  const directory = await readCabinetDirectory(reader)
  const texts: Array<{ name: string; bytes: Uint8Array }> = []
  const unread: UnreadText[] = []
  for (const file of directory.files.filter(({ name }) => saysWhatItIs(name)).slice(0, mostTexts)) {
    const content = await readCabinetFile(reader, directory, file, longestText)
    if (content.read) texts.push({ name: file.name, bytes: content.bytes })
    else if (content.because === 'compression') unread.push({ member: file.name, packing: content.compression })
  }
  return contentOf(
    directory.files.map(({ name }) => name),
    texts,
    unread,
  )
}

async function contentOfWim(reader: PositionalReader): Promise<Content> {
  const wim = await readWimFiles(reader)
  if (!wim.read) return contentOf([], [], [{ member: '', packing: wim.compression }])
  const texts: Array<{ name: string; bytes: Uint8Array }> = []
  for (const { path, content } of wim.files.filter((file) => saysWhatItIs(file.path)).slice(0, mostTexts))
    if (content !== null && content.sizeBytes <= longestText)
      texts.push({ name: path, bytes: await content.read(0, content.sizeBytes) })
  const found = contentOf(
    wim.files.map(({ path }) => path),
    texts,
    [],
  )
  const metadata = wim.files.find(({ path }) => isAggregatedMetadata(path))?.content ?? null
  if (metadata === null) return found
  const databases = await readComponentDatabases(metadata)
  return { ...found, ...databases, identities: [...databases.identities, ...found.identities] }
}

/** At its top: the same names deeper down are other packages' own. */
function saysWhatItIs(name: string): boolean {
  return /^(?:update\.mum|[^\\/]*-pkgproperties[^\\/]*\.txt|windows[^\\/]*\.xml)$/i.test(name)
}

function contentOf(
  members: readonly string[],
  texts: ReadonlyArray<{ name: string; bytes: Uint8Array }>,
  unread: readonly UnreadText[],
): Content {
  const properties = texts.filter(({ name }) => name.toLowerCase().endsWith('.txt'))
  const identities = texts
    .filter((text) => !properties.includes(text))
    .flatMap(({ bytes }) => decodePackageIdentities(bytes))
  return { members, unread, identities, properties: decodePackageProperties(properties[0]?.bytes ?? new Uint8Array()) }
}
