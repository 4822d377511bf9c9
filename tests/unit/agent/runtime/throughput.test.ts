import { expect, test } from 'vitest'
import { measured, progressOf, startThroughput } from '../../../../agent/runtime/throughput.ts'

/** 100 bytes a second of 10,000, told each second. */
function afterSeconds(seconds: number, totalBytes = 10_000) {
  let throughput = startThroughput(totalBytes, 0)
  for (let second = 1; second <= seconds; second += 1) throughput = measured(throughput, second * 100, second * 1000)
  return progressOf(throughput)
}

test('promises no end in its first seconds and its first hundredths, when a rate says little', () => {
  expect(afterSeconds(2, 1000)).toMatchObject({ fraction: 0.2, bytesPerSecond: 100 })
  expect(afterSeconds(2, 1000)).not.toHaveProperty('secondsLeft')
  expect(afterSeconds(4)).not.toHaveProperty('secondsLeft')
  expect(afterSeconds(10)).toMatchObject({ fraction: 0.1, secondsLeft: 90 })
})

test('promises nothing any more once the last byte is done, since what comes after it takes its time', () => {
  expect(afterSeconds(10, 1000)).toMatchObject({ fraction: 1, bytesPerSecond: 100 })
  expect(afterSeconds(10, 1000)).not.toHaveProperty('secondsLeft')
})
