/** 80×25 cells, as every text console has; larger ones are centred by the program that draws. */
export const columns = 80
export const rows = 25

export type Colour = 'plain' | 'dim' | 'bright' | 'accent' | 'amber' | 'amberBar' | 'red' | 'paper'

/** SGR codes of the Linux console's sixteen colours (console_codes(4)). Amber is bright yellow there, paper black on white. */
const codes: Readonly<Record<Colour, string>> = {
  plain: '0;37',
  dim: '0;36',
  bright: '0;1;37',
  accent: '0;1;36',
  amber: '0;1;33',
  amberBar: '0;30;43',
  red: '0;1;31',
  paper: '0;30;47',
}

type Cell = { sign: string; colour: Colour }

/** A screen being composed: later texts cover earlier ones, what leaves the edge is cut. */
export type Canvas = {
  /** Row and column from 0. */
  put(row: number, column: number, text: string, colour?: Colour): void
  /** 25 lines of ANSI text, each 80 cells, colours reset at its end. */
  lines(): string[]
}

export function blankCanvas(): Canvas {
  const cells: Cell[][] = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => ({ sign: ' ', colour: 'plain' })),
  )
  return {
    put: (row, column, text, colour = 'plain') => {
      Array.from(text).forEach((sign, index) => {
        const line = cells[row]
        if (line !== undefined && column + index >= 0 && column + index < columns)
          line[column + index] = { sign, colour }
      })
    },
    lines: () => cells.map(paint),
  }
}

function paint(line: readonly Cell[]): string {
  let colour: Colour | null = null
  const parts = line.map((cell) => {
    if (cell.colour === colour) return cell.sign
    colour = cell.colour
    return `\u001b[${codes[cell.colour]}m${cell.sign}`
  })
  return `${parts.join('')}\u001b[0m`
}

/** Words put into lines of at most `width` signs; a word longer than that is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const piece = word.slice(0, width)
    if (line === '') line = piece
    else if (line.length + 1 + piece.length <= width) line += ` ${piece}`
    else {
      lines.push(line)
      line = piece
    }
  }
  return line === '' ? lines : [...lines, line]
}
