/** One archive of the host's apt configuration. */
export interface AptSource {
  readonly uri: string
  readonly suites: readonly string[]
  readonly components: readonly string[]
}

/** The archives the environment is built from: the main one and, when the host uses one, the one for security updates. */
export interface DebianMirror {
  readonly main: string
  readonly security: string | undefined
}

/** Reads a `sources.list` (sources.list(5), one line each); lines it does not understand are left out. */
export function parseSourcesList(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s*(.*?)\s*(?:#.*)?$/.exec(line)
    if (!match) return []
    const [, uri = '', suite = '', components = ''] = match
    return [{ uri, suites: [suite], components: components.split(/\s+/).filter(Boolean) }]
  })
}

/** Reads a deb822 `.sources` file (sources.list(5)): stanzas between empty lines, continued lines indented, `#` comments. */
export function parseDeb822Sources(text: string): AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '')
  return withoutComments.split(/\n\s*\n/).flatMap((stanza) => {
    const fields = new Map<string, string[]>()
    for (const [, name = '', value = ''] of stanza.replace(/\n[ \t]+/g, ' ').matchAll(/^([\w-]+):[ \t]*(.*)$/gm)) {
      fields.set(name.toLowerCase(), value.split(/\s+/).filter(Boolean))
    }
    const disabled = fields.get('enabled')?.[0] === 'no'
    if (disabled || fields.get('types')?.includes('deb') !== true) return []
    const suites = fields.get('suites') ?? []
    const components = fields.get('components') ?? []
    return (fields.get('uris') ?? []).map((uri) => ({ uri, suites, components }))
  })
}

/**
 * The Debian archives among the host's sources: those that carry the host's own release (`codename`, or a name like `stable`).
 * Archives of other makers are left out, since their suites are named otherwise or have no `main`.
 */
export function chooseMirror(sources: readonly AptSource[], codename: string): DebianMirror | undefined {
  const usable = sources.filter(({ uri, components }) => /^https?:\/\//.test(uri) && components.includes('main'))
  const releases = new Set([codename, 'stable', 'oldstable', 'testing', 'trixie', 'bookworm'])
  const main = usable.find(({ suites }) => suites.some((suite) => releases.has(suite)))
  const security = usable.find(({ suites }) =>
    suites.some((suite) => releases.has(suite.replace(/-security$/, '')) && suite.endsWith('-security')),
  )
  return main && { main: main.uri, security: security?.uri }
}

/** The `sources.list` the environment is built from. */
export function renderSources(mirror: DebianMirror, release: string, keyring: string): string {
  const line = (uri: string, suite: string) => `deb [signed-by=${keyring}] ${uri} ${suite} main non-free-firmware\n`
  return line(mirror.main, release) + (mirror.security ? line(mirror.security, `${release}-security`) : '')
}

/** The download settings of `apt-config dump` (proxies, certificates, tolerance for archive copies) as mmdebstrap takes them. */
export function inheritedAptOptions(aptConfigDump: string): string[] {
  const inherited = /^Acquire::(https?(::[^ ]+)?|Retries|Check-Valid-Until|Check-Date) ".+";$/
  return aptConfigDump.split('\n').filter((line) => inherited.test(line))
}
