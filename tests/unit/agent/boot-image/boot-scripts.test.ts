import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../../../agent/boot-image')
const scripts = ['initrd/init', ...readdirSync(join(folder, 'root')).map((name) => `root/${name}`)].filter((name) =>
  readFileSync(join(folder, name), 'utf8').startsWith('#!/bin/sh'),
)

describe('the shell scripts of the boot environment', () => {
  test.each(scripts)('%s is read to its end by a POSIX shell', (name) => {
    const { status, stderr } = spawnSync('sh', ['-n', join(folder, name)], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('every program the initrd calls is among its links', () => {
    const init = readFileSync(join(folder, 'initrd/init'), 'utf8')
    const builder = readFileSync(join(folder, 'initrd.ts'), 'utf8')
    const called = [
      'udhcpc',
      'wget',
      'sha256sum',
      'modprobe',
      'switch_root',
      'loadfont',
      'grep',
      'head',
      'sort',
      'xargs',
      'find',
      'tr',
    ]
    for (const name of called) {
      expect(init).toContain(name)
      expect(builder).toContain(`'${name}'`)
    }
  })

  test('init never ends: PID 1 ending is a kernel panic', () => {
    const lines = readFileSync(join(folder, 'initrd/init'), 'utf8').trim().split('\n')
    expect(lines.slice(-2)).toEqual(['main', 'restart'])
  })
})
