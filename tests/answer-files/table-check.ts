import { MalformedXml } from '../../images/xml/malformed-xml.ts'
import { readXml, type XmlElement } from '../../images/xml/xml-reader.ts'
import { componentAttributes, unattendNamespaces } from '../../images/unattend/component-attributes.ts'
import { isXmlText } from '../../images/unattend/xml-writer.ts'
import { componentSettings, listItems, type ComponentSetting, type SettingValue } from './component-settings.ts'

export type FindingCode =
  | 'not-xml'
  | 'not-an-answer-file'
  | 'unknown-pass'
  | 'unknown-component'
  | 'unknown-setting'
  | 'wrong-pass'
  | 'wrong-attribute'
  | 'bad-value'
  | 'twice'
  | 'empty'

/** One thing the table does not allow. `where` is `specialize/Microsoft-Windows-Shell-Setup/TimeZone`. */
export type Finding = { readonly code: FindingCode; readonly where: string }

const passes: readonly string[] = ['specialize', 'oobeSystem']

/**
 * Reads an answer file strictly and holds it to the table of settings: what stands in it must be known, in a pass it
 * works in, once, with the attributes Windows asks for and a value of the right kind.
 *
 * @param xml - the whole file; a byte order mark is allowed
 * @returns everything that does not fit; empty when Windows will take the file
 */
export function checkAgainstTable(xml: string): Finding[] {
  const root = parse(xml.replace(/^\ufeff/, ''))
  if (root === null) return [{ code: 'not-xml', where: '' }]
  if (root.name !== 'unattend') return [{ code: 'not-an-answer-file', where: root.name }]
  return [
    ...differing(root, unattendNamespaces, 'unattend'),
    ...strayText(root, 'unattend'),
    ...repeated(root.children, (child) => child.attributes.get('pass') ?? '', ''),
    ...root.children.flatMap(checkPass),
  ]
}

function parse(xml: string): XmlElement | null {
  if (!isXmlText(xml)) return null
  try {
    return readXml(xml)
  } catch (error) {
    if (error instanceof MalformedXml) return null
    throw error
  }
}

function checkPass(settings: XmlElement): Finding[] {
  const pass = settings.attributes.get('pass') ?? ''
  if (settings.name !== 'settings' || !passes.includes(pass)) return [{ code: 'unknown-pass', where: pass }]
  return [
    ...differing(settings, { pass }, pass),
    ...strayText(settings, pass),
    ...repeated(settings.children, (child) => child.attributes.get('name') ?? '', pass),
    ...settings.children.flatMap((component) => checkComponent(component, pass)),
  ]
}

function checkComponent(component: XmlElement, pass: string): Finding[] {
  const name = component.attributes.get('name') ?? ''
  const where = `${pass}/${name}`
  const known = componentSettings.filter((setting) => setting.component === name)
  if (component.name !== 'component' || known.length === 0) return [{ code: 'unknown-component', where }]
  const { children } = component
  return [
    ...differing(component, { name, ...componentAttributes }, where),
    ...strayText(component, where),
    ...(children.length === 0 ? [{ code: 'empty' as const, where }] : []),
    ...repeated(children, (child) => child.name, where),
    ...children.flatMap((child) => checkElement(child, child.name, { pass, where, known })),
  ]
}

type Place = { readonly pass: string; readonly where: string; readonly known: readonly ComponentSetting[] }

function checkElement(element: XmlElement, path: string, place: Place): Finding[] {
  const where = `${place.where}/${path}`
  const setting = place.known.filter((candidate) => candidate.path === path)
  const isListItem = listItems.has(path)
  const attributes = differing(element, isListItem ? { 'wcm:action': 'add' } : {}, where)
  if (setting.length > 0) return [...attributes, ...checkSetting(element, setting, where, place.pass)]
  if (!place.known.some((candidate) => candidate.path.startsWith(`${path}/`)))
    return [{ code: 'unknown-setting', where }]
  const { children } = element
  const isList = [...listItems].some(
    (item) => item.startsWith(`${path}/`) && !item.slice(path.length + 1).includes('/'),
  )
  return [
    ...attributes,
    ...strayText(element, where),
    ...(children.length === 0 ? [{ code: 'empty' as const, where }] : []),
    // Items of a list share their element's name and differ by their order or their name.
    ...repeated(children, (child) => (isList ? keyOf(child) : child.name), where),
    ...children.flatMap((child) => checkElement(child, `${path}/${child.name}`, place)),
  ]
}

function keyOf(item: XmlElement): string {
  const key = item.children.find((child) => child.name === 'Order' || child.name === 'Name')
  return key === undefined ? item.name : key.text.toUpperCase()
}

function checkSetting(element: XmlElement, rows: readonly ComponentSetting[], where: string, pass: string): Finding[] {
  const row = rows.find((candidate) => candidate.passes.some((allowed) => allowed === pass))
  if (row === undefined) return [{ code: 'wrong-pass', where }]
  const fits = element.children.length === 0 && fitsValue(element.text, row.value)
  return fits ? [] : [{ code: 'bad-value', where }]
}

function fitsValue(text: string, value: SettingValue): boolean {
  switch (value.kind) {
    case 'text':
      return text !== '' && text.length <= value.longest
    case 'boolean':
      return text === 'true' || text === 'false'
    case 'number':
      return /^[0-9]{1,9}$/.test(text) && Number(text) >= value.least && Number(text) <= value.most
    case 'choice':
      return value.of.includes(text)
    default:
      return value satisfies never
  }
}

function differing(element: XmlElement, expected: Readonly<Record<string, string>>, where: string): Finding[] {
  const names = Object.keys(expected)
  const same =
    element.attributes.size === names.length && names.every((name) => element.attributes.get(name) === expected[name])
  return same ? [] : [{ code: 'wrong-attribute', where }]
}

function strayText(element: XmlElement, where: string): Finding[] {
  return element.text.trim() === '' ? [] : [{ code: 'bad-value', where }]
}

function repeated(elements: readonly XmlElement[], key: (element: XmlElement) => string, where: string): Finding[] {
  const keys = elements.map(key)
  return keys
    .filter((name, index) => keys.indexOf(name) !== index)
    .map((name) => ({ code: 'twice', where: where === '' ? name : `${where}/${name}` }))
}
