import type { LiveEvent } from '../../api/events/schema.ts'

/**
 * Reads the text of a `text/event-stream` (WHATWG HTML §9.2.6) chunk by chunk. Takes what was left over and the new
 * chunk, gives the data of each whole event and what is left over now. Comments and other fields are passed over: they
 * only show that the server is alive.
 */
export function readEvents(rest: string, chunk: string): { data: string[]; rest: string } {
  const blocks = (rest + chunk).replace(/\r\n?/g, '\n').split('\n\n')
  const left = blocks.pop() ?? ''
  const data = blocks.map(dataOf).filter((text) => text !== '')
  return { data, rest: left }
}

function dataOf(block: string): string {
  return block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice(line.startsWith('data: ') ? 6 : 5))
    .join('\n')
}

const known: Readonly<Record<LiveEvent['type'], true>> = {
  machine: true,
  'machine-removed': true,
  deployment: true,
  'deployment-log': true,
  newcomers: true,
  record: true,
  image: true,
  'image-removed': true,
  import: true,
  'import-removed': true,
}

/** One event off the wire; null for what a newer server may say and this page does not know. */
export function parseLiveEvent(data: string): LiveEvent | null {
  try {
    const value: unknown = JSON.parse(data)
    if (typeof value !== 'object' || value === null || !('type' in value)) return null
    return typeof value.type === 'string' && Object.hasOwn(known, value.type) ? (value as LiveEvent) : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
