import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeCode } from '../../text/messages.ts'
import { allCodes, sources, type CatalogueCode } from '../catalogues.ts'

const page = join(import.meta.dirname, '../../docs/error-codes.md')
const codes = await allCodes()

/** The page's sections; the first that fits a catalogue's file takes its codes. */
const sections: Array<[title: string, files: RegExp]> = [
  ['Failures of a step', /^agent\/protocol\/failures\/|^server\/deployments\/failure-messages/],
  ['What a machine’s screen says of its server', /^agent\/runtime\//],
  ['Problems of any file that a person writes in YAML (with line and column)', /^text\/yaml\//],
  ['Lines of the report of an MDT import', /^tasksequences\/mdt\//],
  ['Problems of a sequence file (with line and column)', /^tasksequences\//],
  [
    'Problems of a file of the catalogue: software manifest, debloat profile, driver pack (with line and column)',
    /^images\/material-problems/,
  ],
  ['Problems of the settings of an answer file, and of a product key', /^images\/unattend\//],
  ['Problems of the INF of a driver', /^images\/inf\//],
  ['Problems of the settings (`etabli.yaml` and environment variables)', /^server\/configuration\//],
  [
    'What keeps the server or the boot environment from starting',
    /^server\/(dhcp|tftp|tls|wiring|store)\/|^agent\/boot-image\//,
  ],
  ['Refusals of the API (with their HTTP status)', /^server\/(api|catalogue|deployments|machines|stock)\//],
]

function sectionOf({ file }: CatalogueCode): string | undefined {
  return sections.find(([, files]) => files.test(file))?.[0]
}

function row({ code, status, catalogue }: CatalogueCode): string {
  const { message, fix } = describeCode(catalogue, code, {}, (name) => `{${name}}`)
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const place = status === null ? `\`${code}\`` : `\`${code}\` (${status})`
  return `| ${place} | ${cell(message.en)} ${cell(fix.en)} | ${cell(message.fr)} ${cell(fix.fr)} |`
}

function table(title: string): string {
  const rows = codes
    .filter((code) => sectionOf(code) === title)
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(row)
  return [`## ${title}`, '', '| code | English | français |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

const written = [
  '# Error codes',
  '',
  'Every refusal and failure has a code that never changes its meaning. This page is written by',
  '`UPDATE_GOLDEN=1 npm run test:quick` from the catalogues in the program; a test holds the two together.',
  '',
  ...sections.map(([title]) => table(title)),
].join('\n')

test('docs/error-codes.md lists every code with its sentences', () => {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(page, written)
  expect(readFileSync(page, 'utf8')).toBe(written)
})

test('every catalogue has its section there', () => {
  expect(codes.filter((code) => sectionOf(code) === undefined)).toEqual([])
  expect(codes.length).toBeGreaterThan(180)
})

test('no code means two things', () => {
  const names = codes.map(({ code }) => code)
  expect(names.filter((code, index) => names.indexOf(code) !== index)).toEqual([])
})

test('every code is produced somewhere', () => {
  const unused = codes.filter(({ code }) => {
    const asText = new RegExp(`(['"\`])${code}\\1`)
    return !sources.some(({ text }) => asText.test(text))
  })
  expect(unused.map(({ file, code }) => `${file} ${code}`)).toEqual([])
})

describe.each(codes)('$code', ({ code, catalogue, status }) => {
  const { message, fix } = describeCode(catalogue, code, {}, () => 'X')

  test('says what is wrong and what to do, in whole sentences of both languages', () => {
    for (const sentence of [message, fix])
      for (const text of [sentence.fr, sentence.en]) {
        expect(text).toMatch(/^(?:[\p{Lu}\p{N}«“"*].*(?:[.?)…]|: X)|X)$/u)
        expect(text).not.toMatch(/undefined|NaN|\[object/)
      }
  })

  test('needs the same parameters in both languages', () => {
    const named = describeCode(catalogue, code, {}, (name) => `{${name}}`)
    const parametersOf = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
    expect(parametersOf(named.message.fr)).toEqual(parametersOf(named.message.en))
    expect(parametersOf(named.fix.fr)).toEqual(parametersOf(named.fix.en))
  })

  test('has a status of HTTP when it is a refusal', () => {
    if (status !== null) expect(status).toBeGreaterThanOrEqual(400)
  })
})
