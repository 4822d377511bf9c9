import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('server/dashboard/styles/tokens.css', 'utf8')
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)/g)].map((match) => [
    match[1] ?? '',
    { light: match[2] ?? '', dark: match[3] ?? '' },
  ]),
)

/** Relative luminance, WCAG 2.2 §1.4.3. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((one, other) => other - one)
  return (high + 0.05) / (low + 0.05)
}

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = colours.get(name)
  if (found === undefined) throw new Error(`no colour --${name}`)
  return found[theme]
}

/** What is read on what. AA asks 4.5 of text, 3 of shapes and borders that carry a meaning. */
const text: Array<[string, string[]]> = [
  ['text', ['ground', 'surface', 'raised', 'accent-wash', 'working-wash', 'ready-wash']],
  ['dim', ['ground', 'surface', 'raised', 'accent-wash']],
  ['accent', ['ground', 'surface', 'accent-wash']],
  ['accent-ink', ['accent-fill']],
  ['working', ['ground', 'surface', 'raised', 'working-wash']],
  ['ready', ['ground', 'surface', 'raised', 'ready-wash']],
  ['attention', ['ground', 'surface', 'raised']],
  ['attention-ink', ['attention-fill']],
  ['failure', ['ground', 'surface', 'raised']],
  ['failure-ink', ['failure-fill']],
]
const shapes: Array<[string, string[]]> = [
  ['edge', ['surface', 'ground']],
  ['asleep', ['surface', 'ground', 'raised']],
  ['working', ['track']],
  ['ready', ['track']],
  ['failure', ['track']],
  ['accent-fill', ['surface', 'ground']],
]
const pairs = (rows: Array<[string, string[]]>): Array<[string, string]> =>
  rows.flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]))

describe.each(['light', 'dark'] as const)('in the %s', (theme) => {
  test.each(pairs(text))('%s is readable on %s', (front, back) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(pairs(shapes))('%s is seen on %s', (front, back) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(3)
  })
})
