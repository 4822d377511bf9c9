import { readXml, type XmlElement } from '../../images/xml/xml-reader.ts'

/** What of a sequence's `Unattend.xml` is looked at by itself: a command, or a component's settings in one pass. */
export type AnswerPart =
  | { readonly kind: 'command'; readonly pass: string; readonly name: string; readonly command: string }
  | {
      readonly kind: 'component'
      readonly pass: string
      readonly name: string
      /** Settings that hold something, by their path within the component: `OEMInformation/SupportPhone`. */
      readonly settings: ReadonlyMap<string, string>
    }

const commandLists = new Set(['RunSynchronous', 'RunAsynchronous', 'FirstLogonCommands', 'LogonCommands'])

/**
 * Reads an answer file ("Unattended Windows Setup Reference"). Packages to be serviced (`<servicing>`) are parts too.
 *
 * @param text - without byte order mark
 * @throws MalformedXml
 */
export function readAnswerFile(text: string): AnswerPart[] {
  return readXml(text).children.flatMap((settings) => {
    const pass = settings.attributes.get('pass') ?? settings.name
    if (settings.name !== 'settings') return [componentOf(pass, settings)]
    return settings.children.filter(({ name }) => name === 'component').flatMap((component) => partsOf(pass, component))
  })
}

function partsOf(pass: string, component: XmlElement): AnswerPart[] {
  const commands = component.children
    .filter(({ name }) => commandLists.has(name))
    .flatMap((list) => list.children.map((item) => commandOf(pass, item)))
  return [componentOf(pass, component), ...commands]
}

function commandOf(pass: string, item: XmlElement): AnswerPart {
  const text = (name: string): string => item.children.find((child) => child.name === name)?.text.trim() ?? ''
  const command = text('Path') || text('CommandLine')
  return { kind: 'command', pass, name: text('Description') || command, command }
}

function componentOf(pass: string, component: XmlElement): AnswerPart {
  const settings = new Map<string, string>()
  const visit = (element: XmlElement, path: string): void => {
    if (path === '' || !commandLists.has(element.name))
      for (const child of element.children) visit(child, path === '' ? child.name : `${path}/${child.name}`)
    if (element.children.length === 0 && path !== '' && element.text.trim() !== '')
      settings.set(path, element.text.trim())
  }
  visit(component, '')
  return { kind: 'component', pass, name: component.attributes.get('name') ?? component.name, settings }
}
