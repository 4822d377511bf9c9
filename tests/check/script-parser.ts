import { createRequire } from 'node:module'
import { Language, Parser, type Node } from 'web-tree-sitter'

/** One thing wrong in a script; line and column begin at 1. */
export type ScriptProblem = { line: number; column: number; what: string }

/** Finds what Windows PowerShell 5.1 would not understand in a script's text, first things first. */
export type ScriptParser = (text: string) => ScriptProblem[]

/**
 * What PowerShell 7 has and 5.1 has not, as far as the grammar lets it through: it knows neither `??`, `?.`, `a ? b : c`
 * nor `clean`, so that those are errors already. Names in lower case.
 */
const newerParameters: ReadonlySet<string> = new Set([
  '-parallel',
  '-ashashtable',
  '-asbytestream',
  '-asarray',
  '-enumsasstrings',
  '-escapehandling',
  '-skipcertificatecheck',
  '-additionalchildpath',
  '-leafbase',
])
const newerCommands: ReadonlySet<string> = new Set(['join-string', 'get-error', 'test-json', 'remove-service'])
const newerVariables: ReadonlySet<string> = new Set(['$iswindows', '$islinux', '$ismacos', '$iscoreclr'])

/** Commands that mislead as they stand, and what they want; names in lower case. */
const misleading: ReadonlyMap<string, { without?: string; why: string }> = new Map([
  ['get-windowscapability', { without: '-limitaccess', why: 'asks the network and can wait for it: -LimitAccess' }],
  ['remove-appxprovisionedpackage', { without: '-allusers', why: 'leaves it to those who have it: -AllUsers' }],
  [
    'get-authenticodesignature',
    { why: 'prefers the signature of a catalog to that in the file: X509Certificate.CreateFromSignedFile' },
  ],
])

/** PowerShell takes typographic quotes and dashes for the plain ones (about_Quoting_Rules), so that they end a string. */
const typographic = /[\u2018-\u201e\u2013-\u2015]/

/** Loads the grammar, as WebAssembly: nothing is compiled, and no other program is needed. */
export async function openScriptParser(): Promise<ScriptParser> {
  await Parser.init()
  const { resolve } = createRequire(import.meta.url)
  const grammar = await Language.load(resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'))
  const parser = new Parser()
  parser.setLanguage(grammar)
  return (text) => {
    const tree = parser.parse(text.replace(/^\ufeff/, ' '))
    if (tree === null) throw new Error('the parser gave no tree')
    try {
      return problemsBelow(tree.rootNode)
    } finally {
      tree.delete()
    }
  }
}

function problemsBelow(node: Node): ScriptProblem[] {
  const what = problemOf(node)
  const { row, column } = node.startPosition
  const own = what === null ? [] : [{ line: row + 1, column: column + 1, what }]
  // What stands inside an error is the parser's guess.
  if (node.isError) return own
  return [...own, ...node.children.flatMap(problemsBelow)]
}

function problemOf(node: Node): string | null {
  const name = node.text.toLowerCase()
  if (node.isError) return `not understood: ${firstLine(node.text)}${hintFor(node.text)}`
  if (node.isMissing) return `${node.type} is missing`
  switch (node.type) {
    case 'pipeline_chain_tail':
    case '&&':
    case '||':
      return `PowerShell 7 only: ${node.text.trim() || '&& or ||'}`
    case 'argument_expression_list':
      return swallowedList(node)
    case 'command':
      return misleadingCommand(node)
    case 'command_parameter':
      return newerParameters.has(name) ? `PowerShell 7 only: ${node.text}` : null
    case 'command_name':
      return newerCommands.has(name) ? `PowerShell 7 only: ${node.text}` : null
    case 'variable':
      return newerVariables.has(name) ? `PowerShell 7 only: ${node.text}` : null
    case 'comment':
      return null
    default:
      return node.childCount === 0 && typographic.test(node.text)
        ? `a quote or dash that PowerShell takes for a plain one: ${firstLine(node.text)}`
        : null
  }
}

function misleadingCommand(command: Node): string | null {
  const words = command.text.toLowerCase().split(/\s+/)
  const known = misleading.get(words[0] ?? '')
  if (known === undefined || (known.without !== undefined && words.includes(known.without))) return null
  return `${words[0]} ${known.why}`
}

/** Operators that take a list on their right. */
const listOperators = /^-[ci]?(f|replace|split|in|notin|contains|notcontains)$/i

/**
 * Between a method's parentheses a comma separates arguments (about_Methods), and is no list for an operator: in
 * `WriteLine('{0}: {1}' -f $a, $b)` the format gets $a alone, and throws.
 */
function swallowedList(list: Node): string | null {
  const given = list.namedChildren.filter((one) => one?.type === 'argument_expression')
  const swallowed = given.slice(0, -1).some((one) => one !== null && hasListOperator(one))
  return swallowed ? `an operator takes what is before the comma only: ${firstLine(list.text)}` : null
}

/** Whether one stands in the argument itself, and not in parentheses of its own. */
function hasListOperator(argument: Node): boolean {
  return argument.children.some(
    (child) =>
      child !== null &&
      (listOperators.test(child.text.trim()) || (child.type.endsWith('argument_expression') && hasListOperator(child))),
  )
}

/** The grammar is stricter than PowerShell in one place, and quoting is no loss there. */
function hintFor(text: string): string {
  return /\w\s*,\s*[A-Za-z]|^,/.test(text) ? ' (a list of bare words? The grammar wants them in quotes)' : ''
}

function firstLine(text: string): string {
  return (text.trim().split(/\r?\n/)[0] ?? '').slice(0, 80)
}
