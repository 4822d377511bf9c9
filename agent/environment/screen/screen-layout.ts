import { formatDuration, formatRate, type Locale } from '../../../text/quantities.ts'
import type { ScreenState } from '../../runtime/screen-state.ts'
import { blockLetters, letterHeight } from './block-letters.ts'
import type { Modules } from './qr-code.ts'
import { blankCanvas, columns, rows, wrap, type Canvas, type Colour } from './screen-canvas.ts'
import { screenMessage, toConsole, type ScreenMessage } from './screen-messages.ts'

const margin = 2
const nameRow = 1
const statusRow = 9
const footerRow = rows - 2

/**
 * The machine's screen as 25 lines of ANSI text: name in large letters, what happens, a bar, the address, and the QR code of
 * its page (`encodeQrCode` of the welcome's `pageUrl`). Pure: the same state gives the same lines.
 */
export function layOutScreen(state: ScreenState, pageCode: Modules | null): string[] {
  const locale = state.welcome?.locale ?? 'fr'
  const canvas = blankCanvas()
  const code = drawQrCode(canvas, pageCode)
  const width = columns - margin - (code === null ? margin : code.width + 2)
  drawName(canvas, state, code === null || code.top >= nameRow + letterHeight ? columns - margin : width)
  drawWork(canvas, state, width, locale)
  drawConnection(canvas, state, width, locale)
  drawFooter(canvas, state, width, locale)
  return canvas.lines()
}

type Corner = { width: number; top: number }

/** Two modules a cell by half blocks, light modules lit, with a quiet zone of two, in the lower right corner. */
function drawQrCode(canvas: Canvas, modules: Modules | null): Corner | null {
  if (modules === null) return null
  const quiet = 2
  const size = modules.length + 2 * quiet
  const height = Math.ceil(size / 2)
  const [top, left] = [rows - height, columns - size]
  for (let row = 0; row < height; row += 1) {
    const signs = Array.from({ length: size }, (_, column) => {
      const upper = isLight(modules, row * 2 - quiet, column - quiet)
      const lower = isLight(modules, row * 2 + 1 - quiet, column - quiet)
      if (upper) return lower ? '█' : '▀'
      return lower ? '▄' : ' '
    })
    canvas.put(top + row, left, signs.join(''), 'bright')
  }
  return { width: size, top }
}

function isLight(modules: Modules, row: number, column: number): boolean {
  return modules[row]?.[column] !== true
}

/** The name in large letters; one that is too long stands small in the first line, and the code takes its place. */
function drawName(canvas: Canvas, { welcome, model }: ScreenState, width: number): void {
  const name = toConsole(welcome?.label ?? '')
  const largeName = blockLetters(name, width)
  const large = largeName ?? blockLetters(welcome?.code ?? '', width) ?? []
  large.forEach((line, index) => canvas.put(nameRow + index, margin, line, 'bright'))
  canvas.put(0, margin, 'ÉTABLI', 'accent')
  let column = margin + 'ÉTABLI  '.length
  if (largeName === null) {
    canvas.put(0, column, name, 'bright')
    column += name.length + 2
  }
  if (model !== null) canvas.put(0, column, toConsole(model), 'dim')
}

function drawWork(canvas: Canvas, state: ScreenState, width: number, locale: Locale): void {
  const say = (row: number, text: string, colour: Colour): number => {
    const lines = wrap(toConsole(text), width)
    lines.forEach((line, index) => canvas.put(row + index, margin, line, colour))
    return row + lines.length
  }
  const word = (name: ScreenMessage): string => screenMessage(name, locale)
  const { work } = state
  switch (work.kind) {
    case 'starting':
      say(statusRow, word('looking'), 'bright')
      break
    case 'waiting': {
      const row = say(statusRow, word('waiting'), 'bright')
      say(row + 1, word('waitingHint'), 'plain')
      break
    }
    case 'held-back': {
      const row = say(statusRow, word('waiting'), 'bright')
      say(say(row + 1, work.message[locale], 'amber') + 1, work.fix[locale], 'plain')
      break
    }
    case 'attention': {
      canvas.put(statusRow - 1, margin, ` ${toConsole(word('attention'))} `.padEnd(width).slice(0, width), 'amberBar')
      const row = say(statusRow + 1, work.message[locale], 'amber')
      say(row + 1, work.fix[locale], 'plain')
      break
    }
    case 'step':
      drawStep(canvas, work, width, locale)
      break
    case 'power-action':
      say(statusRow, word(work.action), 'bright')
  }
}

function drawStep(
  canvas: Canvas,
  work: Extract<ScreenState['work'], { kind: 'step' }>,
  width: number,
  locale: Locale,
): void {
  const { step, weight, progress } = work
  const put = (row: number, text: string, colour: Colour): void =>
    canvas.put(row, margin, toConsole(text).slice(0, width), colour)
  put(statusRow, `${screenMessage('step', locale)} ${step.index + 1} ${screenMessage('of', locale)} ${step.of}`, 'dim')
  put(statusRow + 1, step.name[locale], 'bright')
  const fraction = progress?.fraction ?? null
  put(statusRow + 3, bar(fraction, width), 'accent')
  const facts = [
    fraction === null ? null : `${Math.floor(fraction * 100)}\u00a0%`,
    progress?.bytesPerSecond === undefined ? null : formatRate(progress.bytesPerSecond, locale),
    progress?.secondsLeft === undefined ? null : timeLeft(progress.secondsLeft, locale),
  ].filter((fact) => fact !== null)
  put(statusRow + 4, facts.join('   '), 'plain')
  if (progress?.doing !== undefined) put(statusRow + 5, progress.doing[locale], 'plain')
  const whole = Math.min(1, weight.before + weight.share * (fraction ?? 0))
  put(statusRow + 7, `Total ${bar(whole, width - 12)} ${String(Math.floor(whole * 100)).padStart(3)} %`, 'dim')
}

function timeLeft(seconds: number, locale: Locale): string {
  const duration = formatDuration(seconds, locale)
  return locale === 'fr'
    ? `${screenMessage('left', locale)} ${duration}`
    : `${duration} ${screenMessage('left', locale)}`
}

function bar(fraction: number | null, width: number): string {
  const full = Math.round((fraction ?? 0) * width)
  return '█'.repeat(full) + '░'.repeat(Math.max(0, width - full))
}

function drawConnection(
  canvas: Canvas,
  { connection, server, work }: ScreenState,
  width: number,
  locale: Locale,
): void {
  if (connection.kind === 'connected') return
  const working = work.kind === 'step' ? ` ${screenMessage('lostWorking', locale)}` : ''
  const { tries, description } = connection
  const text =
    description === null
      ? `${screenMessage('lost', locale)} (${tries}): ${server}.${working}`
      : `${description.message[locale]} ${description.fix[locale]}`
  wrap(toConsole(text), width).forEach((line, index) => canvas.put(footerRow - 5 + index, margin, line, 'red'))
}

function drawFooter(canvas: Canvas, { welcome, address, server }: ScreenState, width: number, locale: Locale): void {
  const put = (row: number, word: ScreenMessage, value: string): void => {
    canvas.put(row, margin, toConsole(`${screenMessage(word, locale)} ${value}`).slice(0, width), 'dim')
  }
  if (welcome !== null) put(footerRow - 1, 'code', welcome.code)
  if (address !== null) put(footerRow, 'address', address)
  put(footerRow + 1, 'server', server)
}
