import { execFileSync } from 'node:child_process'
import { encodeElement, type Store } from '../../images/bcd/store.ts'
import { readXml, type XmlElement } from '../../images/xml/xml-reader.ts'
import { canRun, missingPrograms } from '../machine/requirements.ts'

/** A BCD store as hivex, which knows hives but no BCD, sees it: raw values in hexadecimal, strings as they are. */
export type ForeignObject = { type: number; elements: Record<string, string | string[]> }
export type ForeignStore = Record<string, ForeignObject>

/** Whether the package libhivex-bin is here; says so if not. */
export function hasHivex(): boolean {
  return canRun('foreign readers of BCD stores', missingPrograms(['hivexsh', 'hivexml']))
}

/** Every object and element of the store in a file, read by `hivexml`. */
export function readByHivexml(file: string): ForeignStore {
  // It opens /dev/stdout, which must not be the socket that Node makes of it: a pipe of the shell's lies between.
  const piped = ['-c', 'hivexml "$1" | cat', 'sh', file]
  const xml = readXml(execFileSync('sh', piped, { encoding: 'utf8', maxBuffer: 2 ** 24 }))
  const root = nodesOf(xml.name === 'hive' ? xml : (xml.children.find(({ name }) => name === 'hive') ?? xml))[0]
  if (root === undefined) throw new Error('hivexml shows no root key')
  const objects = node(root, 'Objects')
  return Object.fromEntries(
    nodesOf(objects).map((one): [string, ForeignObject] => [
      attribute(one, 'name').replace(/[{}]/g, ''),
      {
        type: Number(valueOf(node(one, 'Description'), 'Type')),
        elements: Object.fromEntries(
          nodesOf(node(one, 'Elements')).map((element) => [attribute(element, 'name'), valueOf(element, 'Element')]),
        ),
      },
    ]),
  )
}

/** What `hivexml` has to say of a store, if it and we agree. */
export function asForeign(store: Store): ForeignStore {
  return Object.fromEntries(
    store.objects.map((one): [string, ForeignObject] => [
      one.id,
      {
        type: one.type,
        elements: Object.fromEntries(
          [...one.elements].map(([number, element]) => {
            const { type, data } = encodeElement(element)
            const text = Buffer.from(data).toString('utf16le').split('\0')
            const value = type === 1 ? (text[0] ?? '') : type === 7 ? text.filter((one) => one !== '') : hex(data)
            return [number.toString(16).padStart(8, '0'), value]
          }),
        ),
      },
    ]),
  )
}

/** What `hivexsh` prints for a script, by line. */
export function askHivexsh(file: string, script: readonly string[]): string[] {
  const said = execFileSync('hivexsh', [file], { encoding: 'utf8', input: `${script.join('\n')}\n` })
  return said.split('\n').filter((line) => line !== '')
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function attribute(element: XmlElement, name: string): string {
  return element.attributes.get(name) ?? ''
}

function nodesOf(element: XmlElement): XmlElement[] {
  return element.children.filter(({ name }) => name === 'node')
}

function node(element: XmlElement, name: string): XmlElement {
  const found = nodesOf(element).find((one) => attribute(one, 'name') === name)
  if (found === undefined) throw new Error(`hivexml shows no key ${name}`)
  return found
}

function valueOf(key: XmlElement, name: string): string | string[] {
  const value = key.children.find((one) => one.name === 'value' && attribute(one, 'key') === name)
  if (value === undefined) throw new Error(`hivexml shows no value ${name}`)
  if (attribute(value, 'type') === 'string-list') {
    // It shows the empty string that ends every list as one more.
    return value.children.filter(({ name, text }) => name === 'string' && text !== '').map(({ text }) => text)
  }
  const text = attribute(value, 'value')
  return attribute(value, 'encoding') === 'base64' ? Buffer.from(text, 'base64').toString('hex') : text
}
