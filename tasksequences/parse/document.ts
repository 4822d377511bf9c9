import { isAlias, LineCounter, parseDocument, visit, type Document } from 'yaml'
import type { SequenceProblem } from '../sequence.ts'
import { sayProblem } from './problems.ts'
import { createReader, entriesOf, type Reader } from './reader.ts'
import { yamlWords } from './yaml-words.ts'

/** A sequence is a page or two; this is a thousand times that. */
const LARGEST_KIB = 256

export type ReadDocument = { document: Document.Parsed | null; reader: Reader }

function wholeFile(code: 'SEQUENCE_TOO_LARGE' | 'SEQUENCE_TOO_DEEP'): SequenceProblem {
  const params = code === 'SEQUENCE_TOO_LARGE' ? { limit: LARGEST_KIB } : {}
  return { code, params, message: sayProblem(code, params), line: 1, column: 1 }
}

/** Anchors and references are refused: nobody needs them here, and a few lines of them can stand for gigabytes. */
function reportAliases(document: Document.Parsed, reader: Reader): void {
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) reader.report(node, 'YAML_ALIAS', { name: node.source })
      else if (node.anchor !== undefined && node.anchor !== '') reader.report(node, 'YAML_ALIAS', { name: node.anchor })
    },
  })
}

/** The reader's own check compares every key with every other, which takes seconds on a file of ten thousand keys. */
function reportDuplicates(document: Document.Parsed, reader: Reader): void {
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<string>()
      for (const { key, keyNode } of entriesOf(map)) {
        if (seen.has(key)) reader.report(keyNode, 'KEY_DUPLICATE', { key })
        seen.add(key)
      }
    },
  })
}

function reportSyntax(document: Document.Parsed, reader: Reader): void {
  for (const error of document.errors)
    reader.report(error.pos[0], 'YAML_SYNTAX', { yamlCode: error.code }, yamlWords(error.code, error.message))
}

/** Reads YAML 1.2 text. `document` is null when nothing in it can be looked at further; the reader holds why. */
export function readDocument(text: string): ReadDocument {
  const lines = new LineCounter()
  const reader = createReader(lines)
  if (Buffer.byteLength(text) > LARGEST_KIB * 1024) {
    reader.problems.push(wholeFile('SEQUENCE_TOO_LARGE'))
    return { document: null, reader }
  }
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: 'silent',
    })
    reportSyntax(document, reader)
    reportAliases(document, reader)
    reportDuplicates(document, reader)
    return { document: reader.problems.some(({ code }) => code !== 'KEY_DUPLICATE') ? null : document, reader }
  } catch (error) {
    // The YAML reader recurses: a file of a hundred thousand brackets ends its stack.
    if (!(error instanceof RangeError)) throw error
    reader.problems.push(wholeFile('SEQUENCE_TOO_DEEP'))
    return { document: null, reader }
  }
}
