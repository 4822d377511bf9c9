import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { obscurePassword, randomPassword } from '../../../../images/unattend/password.ts'
import { revealPassword } from '../../../answer-files/reveal-password.ts'
import { usual } from './material.ts'
import { validate } from '../../../../images/unattend/validate.ts'

describe('an obscured password', () => {
  test('is what Windows System Image Manager writes', () => {
    // The empty password, as its answer files show it.
    expect(obscurePassword('', 'Password')).toBe('UABhAHMAcwB3AG8AcgBkAA==')
    expect(obscurePassword('', 'AdministratorPassword')).toBe(
      'QQBkAG0AaQBuAGkAcwB0AHIAYQB0AG8AcgBQAGEAcwBzAHcAbwByAGQA',
    )
  })

  test('comes back whatever it is, and only for its own element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (password) => {
        expect(revealPassword(obscurePassword(password, 'Password'), 'Password')).toBe(password)
      }),
    )
    expect(revealPassword(obscurePassword('a', 'Password'), 'AdministratorPassword')).toBeNull()
  })
})

describe('a random password', () => {
  const complex = (password: string): boolean =>
    [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/].every((one) => one.test(password))

  test('has all four kinds of characters, whatever the random bytes are', () => {
    const check = (bytes: Uint8Array, length: number): void => {
      let at = 0
      const draw = (size: number): Uint8Array =>
        Uint8Array.from({ length: size }, () => bytes[at++ % bytes.length] ?? 0)
      const password = randomPassword(draw, length)
      expect(password).toHaveLength(Math.max(12, length))
      expect(complex(password)).toBe(true)
    }
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.integer({ min: 0, max: 64 }), check))
  })

  test('is another one each time, and passes the validation', () => {
    const made = Array.from({ length: 200 }, () => randomPassword(randomBytes))
    expect(new Set(made).size).toBe(200)
    for (const password of made) {
      expect(validate({ ...usual, account: { kind: 'local', name: 'Client', displayName: '', password } })).toEqual([])
    }
  })
})
