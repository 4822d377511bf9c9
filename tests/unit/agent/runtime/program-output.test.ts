import { expect, test } from 'vitest'
import { cleanLine, lineSplitter, logLine } from '../../../../agent/runtime/program-output.ts'

test('a long line arrives whole, whatever pieces it comes in: what it says for the agent is read before the log cuts it', () => {
  const lines: string[] = []
  const splitter = lineSplitter((line) => lines.push(line))
  const sent = `##etabli-progress ${JSON.stringify({ words: 'é'.repeat(9000) })}`
  const bytes = Buffer.from(`${sent}\r\nshort\n`)
  for (let at = 0; at < bytes.length; at += 1001) splitter.push(bytes.subarray(at, at + 1001))
  splitter.end()
  expect(lines).toEqual([sent, 'short'])
  expect(logLine(cleanLine(sent))).toHaveLength(4096)
})
