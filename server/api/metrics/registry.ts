/** A number that only grows, by its labels. */
export type Counter = { add(amount: number, labels?: Record<string, string>): void }

export type Metrics = {
  counter(name: string, help: string): Counter
  /** Values read when somebody asks, such as how many machines there are. */
  gauge(name: string, help: string, read: () => Samples | Promise<Samples>): void
  /** A counter that somebody else counts. */
  external(name: string, help: string, read: () => Samples | Promise<Samples>): void
  /** Everything in the Prometheus text format 0.0.4. */
  render(): Promise<string>
}

export type Samples = ReadonlyArray<{ labels?: Record<string, string>; value: number }>
type Family = { name: string; help: string; type: 'counter' | 'gauge'; read: () => Samples | Promise<Samples> }

/** An empty registry. Names follow Prometheus' own rules: `etabli_…_total`, `…_bytes`, `…_seconds`. */
export function createMetrics(): Metrics {
  const families: Family[] = []
  return {
    counter(name, help) {
      const values = new Map<string, { labels: Record<string, string>; value: number }>()
      families.push({ name, help, type: 'counter', read: () => [...values.values()] })
      return {
        add(amount, labels = {}) {
          const key = labelText(labels)
          const sample = values.get(key) ?? { labels, value: 0 }
          sample.value += amount
          values.set(key, sample)
        },
      }
    },
    gauge: (name, help, read) => void families.push({ name, help, type: 'gauge', read }),
    external: (name, help, read) => void families.push({ name, help, type: 'counter', read }),
    async render() {
      const texts = await Promise.all(families.map(renderFamily))
      return `${texts.join('\n')}\n`
    },
  }
}

async function renderFamily(family: Family): Promise<string> {
  const samples = await family.read()
  return [
    `# HELP ${family.name} ${family.help}`,
    `# TYPE ${family.name} ${family.type}`,
    ...samples.map(({ labels, value }) => `${family.name}${labelText(labels ?? {})} ${value}`),
  ].join('\n')
}

/** Backslash, quote and line feed are the three characters a label value has to escape. */
function labelText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
