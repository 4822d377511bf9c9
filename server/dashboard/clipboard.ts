/**
 * Puts text on the clipboard. A workshop's server is reached by plain HTTP, where browsers hide `navigator.clipboard`
 * (secure contexts only): then the old way, through a selection, still works.
 */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
