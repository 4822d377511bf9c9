import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseBootManager, type BootManagerRequest } from '../../../../images/boot-manager/choice.ts'
import type { Authority } from '../../../../images/boot-manager/signers.ts'

type Trust = Pick<BootManagerRequest, 'secureBoot' | 'trusts2011' | 'trusts2023' | 'revokes2011'>
type Available = BootManagerRequest['available']

const trust = (changes: Partial<Trust>): Trust => ({
  secureBoot: true,
  trusts2011: false,
  trusts2023: false,
  revokes2011: false,
  ...changes,
})
const only2011 = trust({ trusts2011: true })
const both = trust({ trusts2011: true, trusts2023: true })
const only2023 = trust({ trusts2023: true })
const revoked = trust({ trusts2011: true, trusts2023: true, revokes2011: true })
const revokedAlone = trust({ trusts2011: true, revokes2011: true })
const ownKeys = trust({})
const off = (of: Trust): Trust => ({ ...of, secureBoot: false })

const old: Available = { standard: ['windows-2011'], ex: null }
const recent: Available = { standard: ['windows-2011'], ex: ['windows-2023'] }
const future: Available = { standard: ['windows-2023'], ex: null }
const shim: Available = { standard: ['third-party-2011', 'third-party-2023'], ex: null }
const unsigned: Available = { standard: [], ex: null }
const none: Available = { standard: null, ex: null }

describe('the boot manager', () => {
  test.each<[string, Trust, Available, string, string]>([
    ['2011 firmware, old image', only2011, old, 'standard', 'trusted'],
    ['2011 firmware, recent image', only2011, recent, 'standard', 'trusted'],
    ['firmware that knows both, old image', both, old, 'standard', 'trusted'],
    ['firmware that knows both, recent image', both, recent, 'standard', 'trusted'],
    ['2023 firmware, recent image', only2023, recent, 'ex', 'only-2023-trusted'],
    ['2023 firmware, old image', only2023, old, 'BOOT_MANAGER_TOO_OLD', 'image-has-2011-only'],
    ['2023 firmware, an image whose plain file is the new one', only2023, future, 'standard', 'trusted'],
    ['revoked 2011, recent image', revoked, recent, 'ex', '2011-revoked'],
    ['revoked 2011, old image', revoked, old, 'BOOT_MANAGER_TOO_OLD', 'image-has-2011-only'],
    ['revoked 2011 without 2023', revokedAlone, recent, 'BOOT_MANAGER_UNTRUSTED', 'firmware-trusts-none-of-them'],
    ['2011 firmware, new files only', only2011, future, 'BOOT_MANAGER_UNTRUSTED', 'firmware-trusts-none-of-them'],
    ['2011 firmware, EFI_EX only', only2011, { standard: null, ex: ['windows-2023'] }, 'BOOT_MANAGER_UNTRUSTED', ''],
    ['a firmware with keys of its own', ownKeys, recent, 'BOOT_MANAGER_UNTRUSTED', 'firmware-trusts-none-of-them'],
    ['a third party’s file', only2011, shim, 'standard', 'foreign-signer'],
    ['somebody’s own signature and keys', ownKeys, { standard: [null], ex: null }, 'standard', 'foreign-signer'],
    ['an unsigned file', only2011, unsigned, 'standard', 'foreign-signer'],
    ['an unsigned file beside a good one', only2023, { ...recent, standard: [] }, 'ex', 'only-2023-trusted'],
    [
      'a file signed twice, revoked 2011',
      revoked,
      { standard: ['windows-2011', 'windows-2023'], ex: null },
      'standard',
      'trusted',
    ],
    ['no Secure Boot, old image', off(ownKeys), old, 'standard', 'not-checked'],
    ['no Secure Boot, no plain file', off(ownKeys), { standard: null, ex: ['windows-2023'] }, 'ex', 'not-checked'],
    ['Secure Boot off for now, 2023 firmware', off(only2023), recent, 'ex', 'only-2023-trusted'],
    ['Secure Boot off, 2023 firmware, old image', off(only2023), old, 'standard', 'not-checked'],
    ['no boot manager at all', only2011, none, 'BOOT_FILES_MISSING', 'no-boot-manager'],
    ['no boot manager, no Secure Boot', off(ownKeys), none, 'BOOT_FILES_MISSING', 'no-boot-manager'],
  ])('with %s', (_case, firmware, available, outcome, reason) => {
    const choice = chooseBootManager({ ...firmware, available })
    expect('use' in choice ? choice.use : choice.stop).toBe(outcome)
    if (reason !== '') expect(choice.reason).toBe(reason)
  })

  const authority = fc.constantFrom<(Authority | null)[]>('windows-2011', 'windows-2023', 'third-party-2011', null)
  const signers = fc.option(fc.array(authority, { maxLength: 2 }))
  const request: fc.Arbitrary<BootManagerRequest> = fc.record({
    secureBoot: fc.boolean(),
    trusts2011: fc.boolean(),
    trusts2023: fc.boolean(),
    revokes2011: fc.boolean(),
    available: fc.record({ standard: signers, ex: signers }),
  })

  test('is one the image has', () => {
    fc.assert(
      fc.property(request, (one) => {
        const choice = chooseBootManager(one)
        if ('use' in choice) expect(one.available[choice.use]).not.toBeNull()
      }),
    )
  })

  test('is never one of Windows’ own that the firmware would refuse', () => {
    fc.assert(
      fc.property(request, (one) => {
        const choice = chooseBootManager(one)
        if (!one.secureBoot || !('use' in choice) || choice.reason === 'foreign-signer') return
        const by = one.available[choice.use] ?? []
        const by2011 = by.includes('windows-2011') && one.trusts2011 && !one.revokes2011
        expect(by2011 || (by.includes('windows-2023') && one.trusts2023)).toBe(true)
      }),
    )
  })

  test('is never refused by us when nobody checks, if there is one', () => {
    fc.assert(
      fc.property(request, (one) => {
        const choice = chooseBootManager({ ...one, secureBoot: false })
        const { standard, ex } = one.available
        expect('stop' in choice).toBe(standard === null && ex === null)
      }),
    )
  })
})
