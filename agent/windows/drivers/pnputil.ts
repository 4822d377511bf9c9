/** What one `pnputil /add-driver X.inf /install` came to. */
export type InfVerdict = 'installed' | 'restart' | 'restarting' | 'nothing-newer' | 'failed'

/**
 * Return values of PnPUtil (Microsoft, "PnPUtil return values"; one INF a call, as that page advises, since of several it
 * tells one code). They are Windows' own error numbers, and the same in every language, as the printed words are not.
 */
const verdicts: ReadonlyMap<number, InfVerdict> = new Map([
  [0, 'installed'],
  // ERROR_NO_MORE_ITEMS: no device matches, or each has a better or newer driver. The package is in the store all the same.
  [259, 'nothing-newer'],
  // ERROR_SUCCESS_REBOOT_INITIATED: comes with `/reboot` only, which we do not give; a driver's own installer may.
  [1641, 'restarting'],
  [3010, 'restart'],
])

/** What a return value means; anything unknown has failed. Pure. */
export function verdictOf(code: number): InfVerdict {
  return verdicts.get(code) ?? 'failed'
}

/** The name the driver store gave the package, `oem12.inf`, from output of any language; null when none is there. */
export function publishedName(output: string): string | null {
  return /\boem\d{1,5}\.inf\b/i.exec(output)?.[0].toLowerCase() ?? null
}

/** An exit code as people look it up: `5`, and `0xE0000247` for SetupAPI's and Windows' large ones. */
export function codeText(code: number): string {
  const whole = code >>> 0
  return whole > 0xffff ? `0x${whole.toString(16).toUpperCase().padStart(8, '0')}` : String(whole)
}
