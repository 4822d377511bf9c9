/** Letters five cells wide and five rows high, as rows from top to bottom; cells of a console are twice as high as wide. */
const letters: Readonly<Record<string, string>> = {
  A: ' ███ |█   █|█████|█   █|█   █',
  B: '████ |█   █|████ |█   █|████ ',
  C: ' ████|█    |█    |█    | ████',
  D: '████ |█   █|█   █|█   █|████ ',
  E: '█████|█    |████ |█    |█████',
  F: '█████|█    |████ |█    |█    ',
  G: ' ████|█    |█  ██|█   █| ████',
  H: '█   █|█   █|█████|█   █|█   █',
  I: ' ███ |  █  |  █  |  █  | ███ ',
  J: '  ███|   █ |   █ |█  █ | ██  ',
  K: '█   █|█  █ |███  |█  █ |█   █',
  L: '█    |█    |█    |█    |█████',
  M: '█   █|██ ██|█ █ █|█   █|█   █',
  N: '█   █|██  █|█ █ █|█  ██|█   █',
  O: ' ███ |█   █|█   █|█   █| ███ ',
  P: '████ |█   █|████ |█    |█    ',
  Q: ' ███ |█   █|█ █ █|█  █ | ██ █',
  R: '████ |█   █|████ |█  █ |█   █',
  S: ' ████|█    | ███ |    █|████ ',
  T: '█████|  █  |  █  |  █  |  █  ',
  U: '█   █|█   █|█   █|█   █| ███ ',
  V: '█   █|█   █|█   █| █ █ |  █  ',
  W: '█   █|█   █|█ █ █|██ ██|█   █',
  X: '█   █| █ █ |  █  | █ █ |█   █',
  Y: '█   █| █ █ |  █  |  █  |  █  ',
  Z: '█████|   █ |  █  | █   |█████',
  '0': ' ███ |█  ██|█ █ █|██  █| ███ ',
  '1': '  █  | ██  |  █  |  █  | ███ ',
  '2': '████ |    █| ███ |█    |█████',
  '3': '████ |    █| ███ |    █|████ ',
  '4': '█   █|█   █|█████|    █|    █',
  '5': '█████|█    |████ |    █|████ ',
  '6': ' ███ |█    |████ |█   █| ███ ',
  '7': '█████|    █|   █ |  █  |  █  ',
  '8': ' ███ |█   █| ███ |█   █| ███ ',
  '9': ' ███ |█   █| ████|    █| ███ ',
  '-': '     |     |█████|     |     ',
  ' ': '     |     |     |     |     ',
}

export const letterHeight = 5
const letterWidth = 6

/** Five rows of equal length; null when the text is too wide for `columns` cells or has a sign that is not A to Z, 0 to 9, - or space. */
export function blockLetters(text: string, columns: number): string[] | null {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase()
  const drawn = Array.from(plain, (sign) => letters[sign]?.split('|'))
  if (drawn.length === 0 || drawn.length * letterWidth - 1 > columns || drawn.includes(undefined)) return null
  return Array.from({ length: letterHeight }, (_, row) => drawn.map((rows) => rows?.[row] ?? '').join(' '))
}
