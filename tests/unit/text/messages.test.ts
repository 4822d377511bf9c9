import { describe, expect, test } from 'vitest'
import { formatBytes } from '../../../text/quantities.ts'
import type { Sentence } from '../../../text/sentence.ts'
import {
  amount,
  describeCode,
  didYouMean,
  type CodeOf,
  type Messages,
  type ParamsArgument,
  type ParamsOf,
} from '../../../text/messages.ts'

const both = (text: string): Sentence => ({ fr: `${text} (fr)`, en: `${text} (en)` })

const catalogue = {
  DISK_FULL: {
    message: ({ disk, free }: { disk: string; free: number }) => both(`${disk}: ${amount(free, formatBytes).en}`),
    fix: ({ disk }: { disk: string }) => both(`Empty ${disk}.`),
  },
  FILE_WRONG: {
    message: ({ reason }: { reason: Sentence }) => ({ fr: `Faux : ${reason.fr}`, en: `Wrong: ${reason.en}` }),
    fix: ({ line }: { line: number }) => both(`Look at line ${line}.`),
  },
  GONE: { message: () => both('Gone.'), fix: () => both('Come back.') },
} satisfies Messages

/** As each area makes its errors. */
function made<Code extends CodeOf<typeof catalogue>>(code: Code, ...[params]: ParamsArgument<typeof catalogue, Code>) {
  return describeCode(catalogue, code, params ?? {})
}

describe('what is constructed is held to its catalogue by the compiler', () => {
  test('a code with its parameters compiles', () => {
    expect(made('DISK_FULL', { disk: 'sda', free: 3e9 }).message.en).toBe('sda: 3\u202fGB (en)')
    expect(made('FILE_WRONG', { reason: both('no'), line: 3 }).message.fr).toBe('Faux : no (fr)')
    expect(made('GONE').fix.en).toBe('Come back. (en)')
  })

  test('a parameter that is missing, misnamed, of a wrong type or too many does not', () => {
    const wrong = [
      // @ts-expect-error the free space is missing
      () => made('DISK_FULL', { disk: 'sda' }),
      // @ts-expect-error the disk is misnamed
      () => made('DISK_FULL', { dsik: 'sda', free: 1 }),
      // @ts-expect-error the free space is a number
      () => made('DISK_FULL', { disk: 'sda', free: '1' }),
      // @ts-expect-error only the fix needs the line, and it does need it
      () => made('FILE_WRONG', { reason: both('no') }),
      // @ts-expect-error there is nothing to give
      () => made('GONE', { disk: 'sda' }),
      // @ts-expect-error all parameters are missing
      () => made('DISK_FULL'),
      // @ts-expect-error nobody knows this code
      () => made('GONE_AWAY'),
    ]
    expect(wrong).toHaveLength(7)
  })

  test('one of several codes needs what all of them need', () => {
    const params: ParamsOf<typeof catalogue, 'DISK_FULL' | 'FILE_WRONG'> = {
      disk: 'sda',
      free: 1,
      reason: both('no'),
      line: 1,
    }
    expect(Object.keys(params)).toHaveLength(4)
  })
})

describe('what comes from elsewhere is described all the same', () => {
  test('a missing parameter shows as …, as a text, an amount and a sentence', () => {
    expect(describeCode(catalogue, 'DISK_FULL', {}).message.en).toBe('…: … (en)')
    expect(describeCode(catalogue, 'FILE_WRONG', {}).message.fr).toBe('Faux : …')
  })

  test('an amount that is no number is shown as it is', () => {
    expect(describeCode(catalogue, 'DISK_FULL', { disk: 'sda', free: 'few' }).message.en).toBe('sda: few (en)')
  })

  test('an unknown code names itself, and no name of Object is a code', () => {
    expect(describeCode(catalogue, 'NEWER', {}).message.fr).toContain('NEWER')
    expect(describeCode(catalogue, 'toString', {}).message.en).toContain('toString')
  })

  test('the list of codes shows each parameter by its name', () => {
    expect(describeCode(catalogue, 'FILE_WRONG', {}, (name) => `{${name}}`).message.en).toBe('Wrong: {reason}')
  })
})

test('a suggestion is a sentence of its own, or nothing', () => {
  expect(didYouMean('version')).toEqual({ fr: ' Vouliez-vous dire « version » ?', en: ' Did you mean "version"?' })
  expect(didYouMean(null)).toEqual({ fr: '', en: '' })
})
