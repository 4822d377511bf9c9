import { readDocument } from './document.ts'
import { decodeInf, maxInfBytes, type InfEncoding } from './encoding.ts'
import { readComponentIds } from './install-section.ts'
import { readManufacturers, type InfManufacturer } from './models.ts'
import type { InfProblem, ReportProblem } from './problem.ts'
import { frenchOfFrance, readStrings } from './strings.ts'
import { readVersion, type InfVersion } from './version-section.ts'

/** A driver's INF: what it is, which devices of which Windows it serves, and what in it is not as it should be. */
export type Inf = {
  readonly encoding: InfEncoding
  readonly version: InfVersion
  readonly manufacturers: readonly InfManufacturer[]
  /** Hardware ids (`SWC\…`) of the software components it creates. */
  readonly componentIds: readonly string[]
  readonly problems: readonly InfProblem[]
}

/** More problems than this say nothing new. */
const maxProblems = 100

/**
 * Reads an INF file's bytes; names are in the language given (a Windows LANGID), French when none is. Total: never
 * throws, what is wrong is in `problems`. Format: Microsoft, "Overview of INF Files".
 */
export function readInf(bytes: Uint8Array, language: number = frenchOfFrance): Inf {
  const problems: InfProblem[] = []
  const report: ReportProblem = (code, line, subject) => {
    if (problems.length < maxProblems) problems.push({ code, line, subject })
  }
  const readable = bytes.length <= maxInfBytes
  if (!readable) report('INF_TOO_LARGE', 0, '')
  const decoded = decodeInf(readable ? bytes : new Uint8Array())
  const isText = count(decoded.text, '\0') <= decoded.text.length / 10
  if (!isText) report('INF_NOT_TEXT', 0, '')
  const document = readDocument(isText ? decoded.text : '', report)
  const expand = readStrings(document, language, report)
  const version = readVersion(document, expand, report)
  const { date, driverVersion } = version
  return {
    encoding: decoded.encoding,
    version,
    manufacturers: readManufacturers({ document, expand, report, driverVer: { date, driverVersion } }),
    componentIds: readComponentIds(document, expand),
    problems,
  }
}

/** Windows takes a NUL or two for blanks; a file of them is something else. */
function count(text: string, character: string): number {
  let found = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1
  return found
}
