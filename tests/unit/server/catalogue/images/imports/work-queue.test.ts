import { expect, test } from 'vitest'
import { workQueue } from '../../../../../../server/catalogue/images/imports/work-queue.ts'

test('does one piece of work at a time, in order, and reports what throws', async () => {
  const seen: string[] = []
  const queue = workQueue((error) => seen.push(String(error)))
  const first = Promise.withResolvers<undefined>()
  const last = Promise.withResolvers<undefined>()
  queue.add(async () => {
    seen.push('first begins')
    await first.promise
    seen.push('first ends')
  })
  queue.add(() => Promise.reject(new Error('second fails')))
  queue.add(async () => {
    seen.push('third')
    last.resolve(undefined)
  })
  await Promise.resolve()
  first.resolve(undefined)
  await last.promise
  expect(seen).toEqual(['first begins', 'first ends', 'Error: second fails', 'third'])
})

test('cancelling waits until running work has let go; waiting work is out at once', async () => {
  const seen: string[] = []
  const queue = workQueue((error) => seen.push(String(error)))
  const running = queue.add(async (signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    seen.push('let go')
    throw new Error('aborted')
  })
  const waiting = queue.add(async () => void seen.push('never'))
  await Promise.resolve()
  await Promise.all([running.cancel(), waiting.cancel()])
  await queue.close()
  expect(seen).toEqual(['let go'])
})
