import type { ScreenState } from '../../runtime/screen-state.ts'
import { columns, rows } from './screen-canvas.ts'
import { encodeQrCode, type Modules } from './qr-code.ts'
import { layOutScreen } from './screen-layout.ts'

export type Terminal = {
  write(text: string): void
  /** Now, in cells: the font may have been changed since the start. */
  size(): { columns: number; rows: number }
}

/** At most so often, however fast progress comes: a frame buffer console is slow. */
const redrawMs = 200

/** Draws the screen in the middle of a terminal, only lines that have changed. `close` draws the last one and stops its timer. */
export function openScreen(terminal: Terminal): { show(state: ScreenState): void; close(): void } {
  let drawn: readonly string[] = []
  let place = ''
  let page: { url: string | null; code: Modules | null } = { url: null, code: null }
  let waiting: ScreenState | null = null
  let timer: NodeJS.Timeout | null = null

  const draw = (state: ScreenState): void => {
    const size = terminal.size()
    const top = Math.max(0, Math.floor((size.rows - rows) / 2))
    const left = Math.max(0, Math.floor((size.columns - columns) / 2))
    const here = `${top}:${left}`
    // Hides the cursor and clears (console_codes(4)) at the start and when the size has changed.
    let output = here === place ? '' : '\u001b[?25l\u001b[0m\u001b[2J'
    if (here !== place) drawn = []
    place = here
    const url = state.welcome?.pageUrl ?? null
    if (url !== page.url) page = { url, code: url === null ? null : encodeQrCode(url) }
    const lines = layOutScreen(state, page.code)
    lines.forEach((line, index) => {
      if (line !== drawn[index]) output += `\u001b[${top + index + 1};${left + 1}H${line}`
    })
    drawn = lines
    if (output !== '') terminal.write(output)
  }
  const due = (): void => {
    timer = null
    if (waiting === null) return
    draw(waiting)
    waiting = null
    timer = setTimeout(due, redrawMs)
  }
  return {
    show: (state) => {
      waiting = state
      if (timer === null) due()
    },
    close: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      if (waiting !== null) draw(waiting)
      waiting = null
    },
  }
}
