import { findElement, readXml, type XmlElement } from '../../../images/xml/xml-reader.ts'

/** What our stand-in does of an answer file: the commands of its specialize pass, by their order. */
export function specializeCommands(text: string): string[] {
  return children(settingsOf(readXml(text), 'specialize'), 'component')
    .filter(({ attributes }) => attributes.get('name') === 'Microsoft-Windows-Deployment')
    .flatMap((component) => children(findElement(component, 'RunSynchronous'), 'RunSynchronousCommand'))
    .map((command) => ({ order: Number(textOf(command, 'Order')), path: textOf(command, 'Path') }))
    .toSorted((one, other) => one.order - other.order)
    .map(({ path }) => path)
}

function settingsOf(root: XmlElement, pass: string): XmlElement | undefined {
  return children(root, 'settings').find(({ attributes }) => attributes.get('pass') === pass)
}

function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? []
}

function textOf(element: XmlElement, name: string): string {
  const found = findElement(element, name)?.text.trim() ?? ''
  if (found === '') throw new Error(`the answer file has a command without ${name}`)
  return found
}

/** What a start-up task runs, from the XML that `schtasks /create /xml` was given. */
export function taskAction(text: string): { command: string; args: string } {
  const action = findElement(readXml(text.replace(/^\ufeff/, '')), 'Actions/Exec')
  if (action === undefined) throw new Error('the task runs nothing')
  return { command: textOf(action, 'Command'), args: findElement(action, 'Arguments')?.text ?? '' }
}
