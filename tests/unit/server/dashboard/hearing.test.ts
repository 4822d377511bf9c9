import { expect, test } from 'vitest'
import { createHearing, type Told } from '../../../../server/dashboard/state/hearing.ts'
import { edition } from '../../../dashboard/moments.ts'
import { busyWorkshop } from '../../../dashboard/workshop.ts'

const [given] = edition
if (given === undefined) throw new Error('no import to copy')
const answer: Told = { type: 'import', import: { ...given, state: 'inspecting' } }
const failed: Told = { type: 'import', import: { ...given, state: 'failed' } }

test('an answer that comes in after a newer event about the same thing is not news', () => {
  const hearing = createHearing()
  const askedAt = hearing.now()
  hearing.heard(failed)
  expect(hearing.news(answer, askedAt)).toBeNull()
})

test('an answer to what was asked after the event is news, and so is one about another thing', () => {
  const hearing = createHearing()
  hearing.heard(failed)
  expect(hearing.news(answer, hearing.now())).toBe(answer)
  hearing.heard({ type: 'import', import: { ...given, id: 'another' } })
  expect(hearing.news(answer, 1)).toBe(answer)
})

test('what was removed meanwhile does not come back with an older answer', () => {
  const hearing = createHearing()
  const askedAt = hearing.now()
  hearing.heard({ type: 'import-removed', id: given.id })
  expect(hearing.news(answer, askedAt)).toBeNull()
})

test('of a page of records, those stay out that have changed since it was asked for', () => {
  const hearing = createHearing()
  const [one, other] = busyWorkshop().records
  if (one === undefined || other === undefined) throw new Error('no records')
  const askedAt = hearing.now()
  hearing.heard({ type: 'record', record: { ...one, state: 'attention' } })
  const page: Told = { type: 'records-read', records: [one, other] }
  expect(hearing.news(page, askedAt)).toEqual({ type: 'records-read', records: [other] })
})
