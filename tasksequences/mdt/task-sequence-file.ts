import { readXml, type XmlElement } from '../../images/xml/xml-reader.ts'
import { readCondition, type MdtCondition } from './mdt-condition.ts'

/** What a step and a group have in common. */
type Common = {
  /** Place among all groups and steps of the sequence, from 1, in the order of the file. */
  readonly number: number
  readonly name: string
  readonly isDisabled: boolean
  readonly continueOnError: boolean
  readonly condition: MdtCondition | null
}

/** A group of steps. */
export type MdtGroup = Common & { readonly kind: 'group'; readonly children: readonly MdtNode[] }

/** A step. */
export type MdtStep = Common & {
  readonly kind: 'step'
  /** `BDD_InstallOS`; empty for a plain script. */
  readonly type: string
  /** Its command line. */
  readonly action: string
  readonly successCodes: readonly number[]
  readonly startIn: string
  /** Its settings, by their names in small letters. */
  readonly variables: ReadonlyMap<string, string>
}

/** What a sequence is made of. */
export type MdtNode = MdtGroup | MdtStep

/** A `ts.xml`. */
export type MdtSequence = {
  readonly description: string
  /** In the order of the file; of one that is there twice, the last counts. */
  readonly variables: readonly { readonly name: string; readonly value: string }[]
  readonly children: readonly MdtNode[]
  /** Names of elements among groups and steps that are neither. */
  readonly strays: readonly string[]
}

/** Groups nest as deep as people nest them. */
const limits = { characters: 8 * 1024 * 1024, elements: 200_000, depth: 128 } as const

/** What stands in a group or sequence beside groups and steps. */
const known = new Set(['condition', 'action', 'defaultVarList', 'globalVarList'])

/**
 * Reads a task sequence as MDT's Workbench and Configuration Manager write it (`ts.xml`). No schema was ever published: this is what the
 * files of MDT 2010 to 8456 hold.
 *
 * @param text - without byte order mark
 * @throws MalformedXml
 */
export function readTaskSequence(text: string): MdtSequence {
  const root = readXml(text, limits)
  const strays: string[] = []
  let number = 0
  const readNodes = (element: XmlElement): MdtNode[] =>
    element.children.flatMap((child): MdtNode[] => {
      if (child.name !== 'group' && child.name !== 'step') {
        if (!known.has(child.name)) strays.push(child.name)
        return []
      }
      number += 1
      const common = readCommon(child, number)
      return child.name === 'group'
        ? [{ kind: 'group', ...common, children: readNodes(child) }]
        : [{ kind: 'step', ...common, ...readStep(child) }]
    })
  return {
    description: root.attributes.get('description') ?? '',
    variables: root.children.filter(({ name }) => name === 'globalVarList').flatMap(readVariables),
    children: readNodes(root),
    strays,
  }
}

function readCommon(element: XmlElement, number: number): Common {
  const is = (name: string): boolean => (element.attributes.get(name) ?? '').trim().toLowerCase() === 'true'
  const condition = element.children.find(({ name }) => name === 'condition')
  return {
    number,
    name: (element.attributes.get('name') ?? '').trim(),
    isDisabled: is('disable'),
    continueOnError: is('continueOnError'),
    condition: condition === undefined ? null : readCondition(condition),
  }
}

function readStep(element: XmlElement): Pick<MdtStep, 'type' | 'action' | 'successCodes' | 'startIn' | 'variables'> {
  const lists = element.children.filter(({ name }) => name === 'defaultVarList')
  const variables = lists.flatMap(readVariables).map(({ name, value }) => [name.toLowerCase(), value] as const)
  return {
    type: (element.attributes.get('type') ?? '').trim(),
    action: (element.children.find(({ name }) => name === 'action')?.text ?? '').trim(),
    successCodes: codesIn(element.attributes.get('successCodeList') ?? ''),
    startIn: (element.attributes.get('startIn') ?? '').trim(),
    variables: new Map(variables),
  }
}

function readVariables(list: XmlElement): Array<{ name: string; value: string }> {
  return list.children
    .filter(({ name }) => name === 'variable')
    .map(({ attributes, text }) => ({
      name: attributes.get('name') ?? attributes.get('property') ?? '',
      value: text.trim(),
    }))
}

/** The exit codes in `0 3010`; what is no code of Windows is left. */
export function codesIn(text: string): number[] {
  const codes = text.split(/[\s,;]+/).filter((word) => /^-?\d{1,10}$/.test(word))
  const numbers = codes.map(Number).filter((code) => code >= -2_147_483_648 && code <= 4_294_967_295)
  return [...new Set(numbers)].slice(0, 32)
}

/** Every group and step, each before what is in it. */
export function nodesOf(children: readonly MdtNode[]): MdtNode[] {
  return children.flatMap((node) => (node.kind === 'group' ? [node, ...nodesOf(node.children)] : [node]))
}
