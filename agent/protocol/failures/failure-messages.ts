import type { Sentence } from '../messages.ts'
import { formatBytes, formatMemory, type Locale } from '../../../text/quantities.ts'

export type Words = { message: Sentence; fix: Sentence }

/** Gives a failure's parameters as texts of one language; one that is missing is a question mark, never a crash. */
export type Reader<Name extends string> = {
  text(name: Name): string
  /** As disks are sold: `500 GB`. */
  bytes(name: Name): string
  /** As memory is sold: `16 GB`. */
  memory(name: Name): string
}

export type Entry<Name extends string> = { words(french: Reader<Name>, english: Reader<Name>): Words }

/** One failure: its two sentences, message and fix, in French and in English. */
export function entry<Name extends string = never>(
  french: (p: Reader<Name>) => [message: string, fix: string],
  english: (p: Reader<Name>) => [message: string, fix: string],
): Entry<Name> {
  return {
    words: (fr, en) => {
      const [message, fix] = french(fr)
      const [englishMessage, englishFix] = english(en)
      return { message: { fr: message, en: englishMessage }, fix: { fr: fix, en: englishFix } }
    },
  }
}

/** Reads any parameters, in one language. */
export function readerOf(params: Readonly<Record<string, unknown>>, locale: Locale): Reader<string> {
  const amount = (name: string, format: (value: number, locale: Locale) => string): string => {
    const value = params[name]
    return typeof value === 'number' ? format(value, locale) : textOf(value)
  }
  return {
    text: (name) => textOf(params[name]),
    bytes: (name) => amount(name, formatBytes),
    memory: (name) => amount(name, formatMemory),
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '?'
}
