import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentErrors } from '../../agent/boot-image/errors.ts'
import { describeFailure, failureCodes } from '../../agent/protocol/failures/failures.ts'
import type { Sentence } from '../../agent/protocol/messages.ts'
import { fileProblemWords } from '../../text/yaml/problem.ts'
import { refusalWords } from '../../server/api/refusals.ts'
import { describeRunFailure, runFailures } from '../../server/deployments/failure-messages.ts'
import { DHCP_ERRORS } from '../../server/dhcp/errors.ts'
import { TFTP_ERROR_TEXTS } from '../../server/tftp/errors.ts'
import { problemWords } from '../../tasksequences/parse/problems.ts'

const file = join(import.meta.dirname, '../../docs/error-codes.md')

type Row = { code: string; status: number | null; message: Sentence; fix: Sentence }

/** Parameters show as `{name}`: whatever a sentence asks for, it gets its own name. */
const named = new Proxy<Record<string, string>>({}, { get: (_, name) => `{${String(name)}}`, has: () => true })

const refusals: Row[] = Object.entries(refusalWords).map(([code, { status, message, fix }]) => ({
  code,
  status,
  message: message(named),
  fix: fix(named),
}))
const failures: Row[] = [
  ...failureCodes.map((code) => ({ code, status: null, ...describeFailure({ code, params: named }) })),
  ...Object.keys(runFailures).map((code) => ({ code, status: null, ...describeRunFailure({ code, params: named }) })),
]
const starts: Row[] = [
  ...Object.entries(DHCP_ERRORS).map(([code, { fr, en }]) => row(code, fr.message, fr.fix, en.message, en.fix)),
  ...[...Object.entries(TFTP_ERROR_TEXTS), ...Object.entries(environmentErrors)].map(([code, { fr, en }]) =>
    row(code, fr.sentence, fr.fix, en.sentence, en.fix),
  ),
]

const inner: Sentence = { fr: '…', en: '…' }
const problems: Row[] = Object.entries(problemWords).map(([code, words]) => ({
  code,
  status: null,
  message: words(named, inner),
  fix: { fr: '', en: '' },
}))

const fileProblems: Row[] = Object.entries(fileProblemWords).map(([code, words]) => ({
  code,
  status: null,
  message: words(named, inner),
  fix: { fr: '', en: '' },
}))

function row(code: string, fr: string, fixFr: string, en: string, fixEn: string): Row {
  return { code, status: null, message: { fr, en }, fix: { fr: fixFr, en: fixEn } }
}

function table(title: string, rows: Row[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const lines = [...rows]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, status, message, fix }) => {
      const place = status === null ? `\`${code}\`` : `\`${code}\` (${status})`
      return `| ${place} | ${cell(message.en)} ${cell(fix.en)} | ${cell(message.fr)} ${cell(fix.fr)} |`
    })
  return [`## ${title}`, '', '| code | English | français |', '| --- | --- | --- |', ...lines, ''].join('\n')
}

const document = [
  '# Error codes',
  '',
  'Every refusal and failure has a code that never changes its meaning. This page is written by',
  '`UPDATE_GOLDEN=1 npm run test:quick` from the catalogues in the program; a test holds the two together.',
  '',
  table('Refusals of the API (with their HTTP status)', refusals),
  table('Failures of a step', failures),
  table('Problems of a sequence file (with line and column)', problems),
  table(
    'Problems of a file of the catalogue: software manifest, debloat profile, driver pack (with line and column)',
    fileProblems,
  ),
  table('What keeps the server or the boot environment from starting', starts),
].join('\n')

test('docs/error-codes.md lists every code with its words', () => {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, document)
  expect(readFileSync(file, 'utf8')).toBe(document)
})

test('no code means two things', () => {
  // Problems of a file stand in that file's list, and may be what a refusal or a failure says later.
  const codes = [...refusals, ...failures, ...starts].map(({ code }) => code)
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([])
})
