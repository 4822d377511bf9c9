/** Runs in Wine, by Node for Windows: reads INFs with setupapi.dll and writes what it finds, a line of JSON for each. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import koffi from 'koffi'

/** Sections of one INF as setupapi gives them, each line its key (null where it has none) and its values. */
export type SetupapiInf = { path: string; sections: Record<string, Array<Array<string | null>>> | null }

const styles = 0x1 | 0x2 // INF_STYLE_OLDNT | INF_STYLE_WIN4
const longestField = 16_380
const context = koffi.struct('INFCONTEXT', { inf: 'void *', current: 'void *', section: 'uint32', line: 'uint32' })
const setupapi = koffi.load('setupapi.dll')
const open = setupapi.func('void *SetupOpenInfFileW(str16, str16, uint32, _Out_ uint32 *)')
const close = setupapi.func('void SetupCloseInfFile(void *)')
const enumerate = setupapi.func('int SetupEnumInfSectionsW(void *, uint32, void *, uint32, _Out_ uint32 *)')
const first = setupapi.func('SetupFindFirstLineW', 'int', [
  'void *',
  'str16',
  'str16',
  koffi.out(koffi.pointer(context)),
])
const next = setupapi.func('SetupFindNextLine', 'int', [koffi.pointer(context), koffi.out(koffi.pointer(context))])
const count = setupapi.func('SetupGetFieldCount', 'uint32', [koffi.pointer(context)])
const field = setupapi.func('SetupGetStringFieldW', 'int', [
  ...[koffi.pointer(context), 'uint32', 'void *', 'uint32'],
  koffi.out(koffi.pointer('uint32')),
])

const buffer = Buffer.alloc(2 * (longestField + 4))
const written = (characters: number): string => buffer.toString('utf16le', 0, 2 * Math.max(0, characters - 1))

function* names(inf: unknown): Generator<string> {
  for (let index = 0, length = [0]; enumerate(inf, index, buffer, longestField, length) !== 0; index += 1)
    yield written(length[0] ?? 0)
}

function linesOf(inf: unknown, section: string): Array<Array<string | null>> {
  const lines: Array<Array<string | null>> = []
  let at = {}
  for (let found = first(inf, section, null, at); found !== 0;) {
    const fields = Array.from({ length: Number(count(at)) + 1 }, (_, index) => {
      const length = [0]
      return field(at, index, buffer, longestField, length) === 0 ? null : written(length[0] ?? 0)
    })
    lines.push(fields)
    const after = {}
    found = next(at, after)
    at = after
  }
  return lines
}

const [list = '', output = ''] = process.argv.slice(2)
const paths = JSON.parse(readFileSync(list, 'utf8')) as string[]
const file = openSync(output, 'w')
for (const path of paths) {
  const inf: unknown = open(path, null, styles, [0])
  const isOpen = inf !== null && koffi.address(inf) !== 0xffff_ffff_ffff_ffffn
  const sections = isOpen
    ? Object.fromEntries([...names(inf)].map((name) => [name.toLowerCase(), linesOf(inf, name)]))
    : null
  if (isOpen) close(inf)
  writeSync(file, `${JSON.stringify({ path, sections } satisfies SetupapiInf)}\n`)
}
closeSync(file)
