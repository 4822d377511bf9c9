import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const sources = tracked.filter((file) => /\.(ts|svelte)$/.test(file))

type Import = { file: string; target: string; typeOnly: boolean }

/** Every relative import of the tree, its target as a path from the root. */
const imports: Import[] = sources.flatMap((file) => {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'"]*?from\s+)?['"](\.[^'"]+)['"]/gm)].map(
    (match) => ({
      file,
      target: normalize(join(dirname(file), match[2] ?? '')),
      typeOnly: match[1] !== undefined,
    }),
  )
})

/** Where a file's imports may lead; the first row that fits its path decides. */
const allowed: Array<[from: RegExp, to: RegExp[]]> = [
  [/^text\//, [/^text\//]],
  [/^images\//, [/^images\//, /^text\//]],
  [/^tasksequences\//, [/^tasksequences\//, /^text\//]],
  [/^agent\/protocol\//, [/^agent\/protocol\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/runtime\//, [/^agent\/(runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/environment\//, [/^agent\/(environment|runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/windows\//, [/^agent\/(windows|runtime|protocol)\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/^agent\/boot-image\//, [/^agent\/(boot-image|environment\/screen)\//, /^text\//]],
  [/^server\/(dhcp|tftp|sockets)\//, [/^server\/(dhcp|tftp|sockets)\//, /^text\//]],
  [/^server\//, [/^server\//, /^agent\/protocol\//, /^images\//, /^tasksequences\//, /^text\//]],
  [/./, [/./]],
]

describe('imports go one way', () => {
  test('only where architecture.md lets them', () => {
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
