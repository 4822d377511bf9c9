const places: Readonly<Record<string, string>> = {
  serialnumber: '{serial}',
  macaddress: '{mac}',
  macaddress001: '{mac}',
  model: '{model}',
}

/**
 * A computer name of MDT's rules as Établi writes it: `PC-%SerialNumber%` is `PC-{serial}`, and `#Right("%SerialNumber%",7)#`
 * too, since Établi cuts by itself what is too long. Null for a name that takes another calculation or variable.
 */
export function computerNamePattern(value: string): string | null {
  const cut = value.replaceAll(/#\s*(?:right|left)\s*\(\s*"?(%[A-Za-z0-9]+%)"?\s*,\s*\d{1,2}\s*\)\s*#/gi, '$1')
  const filled = cut.replaceAll(/%([A-Za-z0-9]+)%/g, (whole, name: string) => places[name.toLowerCase()] ?? whole)
  return filled.length <= 64 && /^(?:[A-Za-z0-9-]|\{(?:serial|mac|model)\})+$/.test(filled) ? filled : null
}
