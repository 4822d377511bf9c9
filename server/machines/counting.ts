/** The last but one as the keys lie: `1234567890ab`. */
const orders = ['0123456789', '0123456789abcdef', '1234567890abcdef', 'abcdefghijklmnopqrstuvwxyz']

/** Whether each sign follows the one before it in an order that begins anew after its end. */
function follows(text: string, order: string): boolean {
  return [...text].every((sign, index) => {
    const at = order.indexOf(sign)
    const before = index === 0 ? at - 1 : order.indexOf(text[index - 1] ?? '')
    return at >= 0 && (before + order.length) % order.length === (at - 1 + order.length) % order.length
  })
}

/** Whether a text only counts, up or down: `0123456789`, `12345678901234567`, `87654321`, `0123456789abcdef`. */
export function isCounting(text: string): boolean {
  const backwards = [...text].reverse().join('')
  return orders.some((order) => follows(text, order) || follows(backwards, order))
}

/** Whether all letters and digits of a text are one and the same, or there are none. */
export function isOneSign(text: string): boolean {
  return new Set(text.replaceAll(/[^\p{L}\p{N}]/gu, '')).size <= 1
}
