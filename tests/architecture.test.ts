import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const sources = tracked.filter((file) => /\.(ts|svelte)$/.test(file))

type Import = { file: string; target: string; typeOnly: boolean }

/** `import … from`, `export … from`, `import '…'` and `import('…')` of one of our own files. */
const ownImport =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?from\s+)?['"](\.[^'"]+)['"]|\bimport\(\s*['"](\.[^'"]+)['"]/gm

/** Every relative import of the tree, its target as a path from the root. */
const imports: Import[] = sources.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(ownImport)].map(([, type, from, called]) => ({
    file,
    target: normalize(join(dirname(file), from ?? called ?? '')),
    typeOnly: type !== undefined,
  })),
)

/** Where a file's imports may lead, as docs/architecture.md draws it; the first row that fits its path decides. */
const allowed: Array<[from: RegExp, to: RegExp[]]> = [
  [/^text\//, [/^text\//]],
  [/^images\//, [/^images\//, /^text\//]],
  [/^tasksequences\/mdt\//, [/^tasksequences\//, /^images\//, /^text\//]],
  [/^tasksequences\//, [/^tasksequences\/(?!mdt\/)/, /^text\//]],
  [/^agent\/protocol\//, [/^agent\/protocol\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/runtime\//, [/^agent\/(runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/environment\//, [/^agent\/(environment|runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/windows\//, [/^agent\/(windows|runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/boot-image\//, [/^agent\/(boot-image|environment\/screen)\//, /^text\//]],
  [/^server\/(dhcp|tftp|sockets)\//, [/^server\/(dhcp|tftp|sockets)\//, /^text\//]],
  [/^server\//, [/^server\//, /^agent\/protocol\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/./, [/./]],
]

/**
 * The rooms of the server, lowest first: a room imports from itself and from lower ones. The dashboard stands beside them
 * and takes only types (its own test below).
 */
const rooms = [
  ...['refusal', 'sockets', 'dhcp', 'tftp', 'configuration', 'events'],
  ...['machines', 'catalogue', 'stock', 'deployments', 'netboot', 'tls'],
  ...['store', 'live', 'api', 'wiring', 'main.ts'],
]

/** The room of a file of the server: a folder, or `main.ts`. */
function roomOf(file: string): string | null {
  return /^server\/([^/]+)/.exec(file)?.[1] ?? null
}

/**
 * The circles among the imports: groups of files each of which leads, by imports, to all others of its group. Types count
 * too, since two files that need each other's types cannot be understood one at a time.
 */
function importCircles(): string[][] {
  const targets = new Map<string, string[]>(sources.map((file) => [file, []]))
  for (const { file, target } of imports) targets.get(file)?.push(target)
  const found: string[][] = []
  const visited = new Map<string, { index: number; lowest: number }>()
  const open: string[] = []

  // Tarjan's strongly connected components.
  function visit(file: string): { index: number; lowest: number } {
    const place = { index: visited.size, lowest: visited.size }
    visited.set(file, place)
    open.push(file)
    for (const target of targets.get(file) ?? []) {
      const known = visited.get(target)
      if (!known) place.lowest = Math.min(place.lowest, visit(target).lowest)
      else if (open.includes(target)) place.lowest = Math.min(place.lowest, known.index)
    }
    if (place.lowest === place.index) {
      const group = open.splice(open.indexOf(file))
      if (group.length > 1) found.push(group)
    }
    return place
  }

  for (const file of sources) if (!visited.has(file)) visit(file)
  return found
}

describe('imports go one way', () => {
  test('in no circle, not even of types', () => {
    expect(importCircles()).toEqual([])
  })

  test('down the rooms of the server, never up', () => {
    const strays = imports.filter(({ file, target }) => {
      const [from, to] = [roomOf(file), roomOf(target)]
      if (from === null || to === null || from === to || from === 'dashboard') return false
      return !rooms.includes(to) || rooms.indexOf(to) > rooms.indexOf(from)
    })
    expect(strays).toEqual([])
  })

  test('the server has no room but these, and no file beside main.ts', () => {
    const found = new Set(tracked.map(roomOf).filter((room) => room !== null))
    expect([...found].sort()).toEqual([...rooms, 'dashboard'].sort())
  })

  test('only where docs/architecture.md lets them', () => {
    const strays = imports.filter(({ file, target }) => {
      const row = allowed.find(([from]) => from.test(file))
      return !row?.[1].some((to) => to.test(target))
    })
    expect(strays).toEqual([])
  })

  test('the dashboard takes types only from the rest, and texts from the ground floor', () => {
    const strays = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('server/dashboard/') && !/^(server\/dashboard|text)\//.test(target) && !typeOnly,
    )
    expect(strays).toEqual([])
  })

  test('DHCP and TFTP know nothing of each other', () => {
    const strays = imports.filter(
      ({ file, target }) =>
        (file.startsWith('server/dhcp/') && target.startsWith('server/tftp/')) ||
        (file.startsWith('server/tftp/') && target.startsWith('server/dhcp/')),
    )
    expect(strays).toEqual([])
  })

  test('formats and protocols open nothing: no file, socket or process', () => {
    const pure =
      /^(text|images|tasksequences|agent\/protocol|server\/dhcp\/options)\/|^server\/(dhcp|tftp)\/(packet|negotiation|transfer|decide|offer|reply|pool)\.ts$/
    const strays = sources.filter(
      (file) =>
        pure.test(file) &&
        /from 'node:(fs|fs\/promises|net|dgram|http|https|child_process)'/.test(readFileSync(file, 'utf8')),
    )
    expect(strays).toEqual([])
  })

  test('only the store knows SQL', () => {
    const strays = sources.filter(
      (file) =>
        /^(server|agent|images|tasksequences)\//.test(file) &&
        !file.startsWith('server/store/') &&
        /from '(kysely|pg|node:sqlite)'/.test(readFileSync(file, 'utf8')),
    )
    expect(strays).toEqual([])
  })
})

describe('files stay readable', () => {
  test('none is longer than 400 lines', () => {
    const long = sources
      .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > 400)
    expect(long).toEqual([])
  })

  test('no folder or file is a drawer', () => {
    const drawers = tracked.filter((file) => /(^|\/)(utils?|helpers?|common|misc|managers?|lib)(\.|\/)/.test(file))
    expect(drawers).toEqual([])
  })

  test('every relative link in the documents leads somewhere', () => {
    const dead = tracked
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)]
          .map((match) => join(dirname(file), match[1] ?? ''))
          .filter((target) => !existsSync(target))
          .map((target) => ({ file, target })),
      )
    expect(dead).toEqual([])
  })
})
