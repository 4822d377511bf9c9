/** Powers of 2 in GF(256) with the polynomial of QR codes, x^8 + x^4 + x^3 + x^2 + 1. */
const powers: readonly number[] = makePowers()

function makePowers(): number[] {
  const list: number[] = []
  let value = 1
  for (let exponent = 0; exponent < 255; exponent += 1) {
    list.push(value)
    value = value << 1
    if (value > 255) value ^= 0x11d
  }
  return list
}

const logarithms = new Map(powers.map((value, exponent) => [value, exponent]))

function multiply(one: number, other: number): number {
  const [a, b] = [logarithms.get(one), logarithms.get(other)]
  return a === undefined || b === undefined ? 0 : (powers[(a + b) % 255] ?? 0)
}

/** Coefficients of (x - 1)(x - 2)(x - 4)…, highest first, without the leading 1. */
function generator(degree: number): number[] {
  let coefficients = [1]
  for (let root = 0; root < degree; root += 1) {
    const shifted = [...coefficients, 0]
    const scaled = [0, ...coefficients.map((value) => multiply(value, powers[root] ?? 0))]
    coefficients = shifted.map((value, index) => value ^ (scaled[index] ?? 0))
  }
  return coefficients.slice(1)
}

/** The Reed-Solomon check codewords of a block (ISO/IEC 18004 §7.5.2): the remainder of a polynomial division. */
export function errorCorrection(data: readonly number[], count: number): number[] {
  const divisor = generator(count)
  let remainder = Array.from({ length: count }, () => 0)
  for (const codeword of data) {
    const factor = codeword ^ (remainder[0] ?? 0)
    remainder = [...remainder.slice(1), 0].map((value, index) => value ^ multiply(divisor[index] ?? 0, factor))
  }
  return remainder
}
