import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Every French sentence of the program text, as it stands between its quotes; inserted values read as `X`. */
const sentences = execFileSync('git', ['ls-files', 'server', 'agent', 'images', 'tasksequences'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bfr: (?:\([^)]*\) => )?(['"`])((?:\\.|(?!\1).)*)\1/gs)].map((match) => ({
      file,
      text: (match[2] ?? '').replace(/\$\{[^}]*\}/g, 'X'),
    })),
  )

describe('French sentences', () => {
  test('use one word for one thing: poste, préparation', () => {
    expect(sentences.filter(({ text }) => /\bmachines?\b|déploiement/i.test(text))).toEqual([])
  })

  test('keep : ; ! ? and the inside of « » apart by a narrow no-break space', () => {
    const listOfSigns = '* / : <'
    const wrong = sentences.filter(({ text }) => !text.includes(listOfSigns) && / [:;!?»]|« /.test(text))
    expect(wrong).toEqual([])
  })

  test('are there at all', () => {
    expect(sentences.length).toBeGreaterThan(200)
  })
})
