import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const files = execFileSync(
  'git',
  [
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    'text',
    'images',
    'tasksequences',
    'agent',
    'server',
    'setup',
  ],
  { encoding: 'utf8', cwd: root },
)
  .split('\n')
  .filter((file) => /\.(ts|mjs)$/.test(file))

type Text = { file: string; text: string; language: 'fr' | 'en' | null }

/** Every text that stands in the sources between quotes; inserted values read as `X`. */
const texts: Text[] = files.flatMap(textsOf)
const french = texts.filter(({ language }) => language === 'fr')
const english = texts.filter(({ language }) => language === 'en')

function textsOf(file: string): Text[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Text[] = []
  const visit = (node: ts.Node, around: Text['language']): void => {
    const named = ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) ? node.name.text : null
    const language = named === 'fr' || named === 'en' ? named : around
    const text = textOf(node)
    if (text !== null) found.push({ file, text, language: language ?? (looksFrench(text) ? 'fr' : null) })
    ts.forEachChild(node, (child) => visit(child, language))
  }
  const [, language] = /\/i18n\/(fr|en)\b/.exec(file) ?? []
  visit(source, language === 'fr' || language === 'en' ? language : null)
  return found
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return isName(node) ? null : node.text
  if (!ts.isTemplateExpression(node)) return null
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('X')
}

/** What names something in the program: the file of an import, the key of a text. */
function isName(node: ts.Node): boolean {
  const { parent } = node
  return ts.isImportDeclaration(parent) || (ts.isPropertyAssignment(parent) && parent.name === node)
}

/** Sentences that stand in no property `fr` are known by their letters and their little words. */
function looksFrench(text: string): boolean {
  const words = text.replaceAll('Établi', '')
  return /[àâçèéêëîïôùûœ«»]|[ldnsqj]’[a-z]/i.test(words) && /\s/.test(text)
}

/** GRUB's screen has no narrow spaces, and in its first lines no accents either. */
const onGrubScreen = /^server\/netboot\/grub-config\.ts$/
/** Signs that Windows keeps out of file names, quoted as they are. */
const quotedSigns = /\\ \/ : \* \? " < > \||\* \/ : </

describe('every French sentence of the program', () => {
  test('has a narrow no-break space before : ; ! ? and inside « »', () => {
    const wrong = french.filter(
      ({ file, text }) =>
        !onGrubScreen.test(file) && !quotedSigns.test(text) && /[ \u00a0][:;!?»]|«[^\u202f]/.test(text),
    )
    expect(wrong).toEqual([])
  })

  test('has typographic apostrophes', () => {
    expect(french.filter(({ text }) => /\p{L}'\p{L}/u.test(text))).toEqual([])
  })

  test('uses one word for one thing: poste, préparation, étape, séquence', () => {
    expect(french.filter(({ file, text }) => !onGrubScreen.test(file) && /\bmachines?\b|déploie/i.test(text))).toEqual(
      [],
    )
  })

  test('is among those that are looked at', () => {
    expect(french.length).toBeGreaterThan(1200)
    for (const part of [
      'agent/protocol/failures/',
      'server/configuration/',
      'server/dashboard/i18n/fr/',
      'server/dhcp/',
    ])
      expect(french.filter(({ file }) => file.startsWith(part)).length, part).toBeGreaterThan(10)
  })
})

test('every English sentence says run, and not deployment', () => {
  expect(english.filter(({ text }) => /\bdeployments?\b/i.test(text) && /\s/.test(text))).toEqual([])
  expect(english.length).toBeGreaterThan(1200)
})

/** Names that programs go by: folders, a scheduled task, a vendor class. */
const technical = /[\\/]Etabli|^Etabli$|^(?:string:)?Etabli(?: agent|: (?:agent|drivers))/

test('Établi is written with its accent in both languages', () => {
  const wrong = texts.filter(
    ({ file, text }) => /\bEtabli\b/.test(text) && !technical.test(text) && !onGrubScreen.test(file),
  )
  expect(wrong).toEqual([])
})
