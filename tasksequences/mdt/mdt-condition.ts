import type { XmlElement } from '../../images/xml/xml-reader.ts'

/** A condition of a step or group, as MDT's editor makes it. */
export type MdtCondition =
  | { readonly kind: 'all' | 'any' | 'none'; readonly of: readonly MdtCondition[] }
  | { readonly kind: 'variable'; readonly variable: string; readonly operator: string; readonly value: string }
  | { readonly kind: 'wmi'; readonly namespace: string; readonly query: string }
  /** A file, folder, registry, software or operating system condition: only the machine itself can tell. */
  | { readonly kind: 'other'; readonly type: string; readonly settings: ReadonlyMap<string, string> }

const operators: Readonly<Record<string, 'all' | 'any' | 'none'>> = { and: 'all', or: 'any', not: 'none' }

/**
 * Reads a `<condition>`: operators `and`, `or` and `not` (none of these holds) around expressions. Several at its top all
 * have to hold. What is not known becomes `other`, so that nothing is taken as if it held.
 */
export function readCondition(element: XmlElement): MdtCondition {
  const of = element.children.map(readPart)
  return of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'all', of }
}

function readPart(element: XmlElement): MdtCondition {
  if (element.name === 'operator') {
    const kind = operators[(element.attributes.get('type') ?? '').trim().toLowerCase()]
    if (kind !== undefined) return { kind, of: element.children.map(readPart) }
  }
  const settings = new Map(
    element.children.map(
      ({ attributes, text }) => [(attributes.get('name') ?? '').toLowerCase(), text.trim()] as const,
    ),
  )
  const type = element.attributes.get('type') ?? element.attributes.get('name') ?? element.name
  const setting = (name: string): string => settings.get(name) ?? ''
  if (/VariableConditionExpression$/i.test(type))
    return { kind: 'variable', variable: setting('variable'), operator: setting('operator'), value: setting('value') }
  if (/WMIConditionExpression$/i.test(type))
    return { kind: 'wmi', namespace: setting('namespace'), query: setting('query') }
  return { kind: 'other', type, settings }
}

/** A condition in words a technician knows from MDT, short enough for a comment. */
export function conditionText(condition: MdtCondition): string {
  const text = longText(condition)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

function longText(condition: MdtCondition): string {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none': {
      const [first] = condition.of
      if (condition.of.length === 1 && first !== undefined && condition.kind !== 'none') return longText(first)
      const word = condition.kind === 'all' ? ' and ' : ' or '
      const inner = condition.of.slice(0, 20).map(longText).join(word)
      return condition.kind === 'none' ? `not (${inner})` : `(${inner})`
    }
    case 'variable':
      return `${condition.variable} ${condition.operator} ${condition.value}`.trim()
    case 'wmi':
      return condition.query
    case 'other': {
      const settings = [...condition.settings].map(([name, value]) => `${name}=${value}`)
      return `${condition.type.replace(/^SMS_TaskSequence_/, '')} ${settings.join(' ')}`.trim()
    }
  }
}
