/** The version information of a program (VS_VERSIONINFO, "Version Information Structures"). */
export type VersionInformation = {
  /** `3.2.1.0`, from the fixed part; null when there is none. */
  readonly fileVersion: string | null
  readonly productVersion: string | null
  /** Texts (`ProductName`, `CompanyName`…) by language: 0x040c is French of France, 0 neutral. */
  readonly texts: ReadonlyArray<{ readonly language: number; readonly values: ReadonlyMap<string, string> }>
}

/** VS_FIXEDFILEINFO.dwSignature. */
const fixedSignature = 0xfeef04bd
const mostBlocks = 4096

/** | length 2 | value length 2 | type 2 | key, UTF-16 with NUL | up to a multiple of 4 | value | up to it | blocks within | */
type Block = { readonly key: string; readonly value: Uint8Array; readonly within: readonly Block[] }

/** Reads a version resource. Total: blocks that do not fit are left out. */
export function decodeVersion(bytes: Uint8Array): VersionInformation {
  const budget = { blocks: mostBlocks }
  const [root] = blocksIn(bytes, 0, bytes.length, 0, budget)
  const tables = (root?.within ?? []).filter(({ key }) => key === 'StringFileInfo').flatMap(({ within }) => within)
  return {
    ...fixedOf(root?.value ?? new Uint8Array()),
    // The key of a table is language and code page, four hexadecimal digits each.
    texts: tables.map(({ key, within }) => ({
      language: Number.parseInt(key.slice(0, 4), 16) || 0,
      values: new Map(within.map((text) => [text.key, textOf(text.value)])),
    })),
  }
}

/**
 * One text of a program, in the first of these languages that has it, else in any. Empty when nobody gave it.
 *
 * @param languages - primary language ids, the lower ten bits: 12 French, 9 English
 */
export function versionText(
  { texts }: VersionInformation,
  key: string,
  languages: readonly number[] = [12, 9],
): string {
  const rank = ({ language }: { language: number }): number => {
    const place = languages.indexOf(language & 0x3ff)
    return place < 0 ? languages.length : place
  }
  const inOrder = texts.toSorted((one, other) => rank(one) - rank(other))
  return inOrder.map(({ values }) => values.get(key) ?? '').find((text) => text !== '') ?? ''
}

function blocksIn(bytes: Uint8Array, from: number, to: number, depth: number, budget: { blocks: number }): Block[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const blocks: Block[] = []
  for (let at = from; at + 6 <= to;) {
    const length = view.getUint16(at, true)
    const end = Math.min(at + length, to)
    budget.blocks -= 1
    if (length < 6 || budget.blocks < 0) break
    const isText = view.getUint16(at + 4, true) === 1
    const keyEnd = endOfText(view, at + 6, end)
    const value = aligned(keyEnd + 2)
    // Lengths of texts count characters, those of numbers bytes; many writers give bytes for both.
    const valueEnd = Math.min(value + view.getUint16(at + 2, true) * (isText ? 2 : 1), end)
    blocks.push({
      key: new TextDecoder('utf-16le').decode(bytes.subarray(at + 6, keyEnd)),
      value: bytes.subarray(value, Math.max(value, valueEnd)),
      within: depth < 3 ? blocksIn(bytes, aligned(Math.max(value, valueEnd)), end, depth + 1, budget) : [],
    })
    at = aligned(at + length)
  }
  return blocks
}

function endOfText(view: DataView, from: number, to: number): number {
  let at = from
  while (at + 2 <= to && view.getUint16(at, true) !== 0) at += 2
  return Math.min(at, to)
}

function aligned(at: number): number {
  return Math.ceil(at / 4) * 4
}

function textOf(value: Uint8Array): string {
  return new TextDecoder('utf-16le').decode(value).replace(/\0.*$/s, '').trim()
}

function fixedOf(value: Uint8Array): Pick<VersionInformation, 'fileVersion' | 'productVersion'> {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength)
  if (value.length < 24 || view.getUint32(0, true) !== fixedSignature)
    return { fileVersion: null, productVersion: null }
  const version = (at: number): string =>
    [at + 2, at, at + 6, at + 4].map((place) => view.getUint16(place, true)).join('.')
  return { fileVersion: version(8), productVersion: version(16) }
}
