/**
 * Whether a browser says that a request comes from another site's page (CSRF).
 *
 * Our cookie is SameSite=Strict, but other ports of one host are the same *site*; so a request that changes something has
 * to have our own Origin. Programs send neither header and carry no ambient cookie.
 *
 * @param request `host` as the client wrote it; `origin` and `secFetchSite` are null when not sent.
 */
export function comesFromElsewhere(request: {
  host: string
  origin: string | null
  secFetchSite: string | null
}): boolean {
  const { host, origin, secFetchSite } = request
  if (secFetchSite !== null && secFetchSite !== 'same-origin' && secFetchSite !== 'none') return true
  if (origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== host
}
