/** A script with its arguments as one text: PowerShell's `param` works within a block that is called. */
export function scriptText(language: 'powershell' | 'cmd', text: string, given: string): string {
  const plain = text
    .replaceAll(/\r\n?/g, '\n')
    .replace(/^\ufeff/, '')
    .trimEnd()
  if (language === 'cmd' || given === '') return plain
  return `& {\n${plain}\n} ${given}`
}
