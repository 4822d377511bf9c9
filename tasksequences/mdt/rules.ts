/** One thing a rule asks of a machine. */
export type RuleTest =
  | { readonly by: 'manufacturer'; readonly manufacturer: string }
  | { readonly by: 'model'; readonly product: string }
  | { readonly by: 'board'; readonly product: string }
  | { readonly by: 'serial'; readonly serial: string }
  /** Small letters with colons. */
  | { readonly by: 'mac'; readonly mac: string }
  | { readonly by: 'uuid'; readonly uuid: string }
  /** The router that the machine's network has. */
  | { readonly by: 'gateway'; readonly gateway: string }
  /** A property of MDT's that Établi does not know of machines. */
  | { readonly by: 'property'; readonly property: string; readonly value: string }

/**
 * What a section of CustomSettings.ini comes to where the first rule that fits counts alone: its own settings, and those
 * of the sections that are for every machine.
 */
export type MdtRule = {
  readonly section: string
  /** All have to hold; none at all is a rule for every machine. */
  readonly tests: readonly RuleTest[]
  readonly chooses: {
    /** Id of a sequence of this import; null leaves it open. */
    readonly sequence: string | null
    readonly variables: Readonly<Record<string, string>>
    /** Packages to be installed beside those of the sequence. */
    readonly packages: readonly string[]
  }
}

/** A rule's tests as one line: `serial PF3ABC · gateway 10.0.0.1`. */
export function testsText(tests: readonly RuleTest[]): string {
  return tests.length === 0 ? '*' : tests.map(testText).join(' · ')
}

function testText(test: RuleTest): string {
  switch (test.by) {
    case 'manufacturer':
      return `manufacturer ${test.manufacturer}`
    case 'model':
      return `model ${test.product}`
    case 'board':
      return `board ${test.product}`
    case 'serial':
      return `serial ${test.serial}`
    case 'mac':
      return `mac ${test.mac}`
    case 'uuid':
      return `uuid ${test.uuid}`
    case 'gateway':
      return `gateway ${test.gateway}`
    case 'property':
      return `${test.property} ${test.value}`
  }
}

const macShape = /^(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i
const uuidShape = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i
const addressShape = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Properties a section may be named by, and the form their values have; null takes any. */
const properties: Readonly<Record<string, RegExp | null>> = {
  macaddress: macShape,
  macaddress001: macShape,
  uuid: uuidShape,
  defaultgateway: addressShape,
  ipaddress: addressShape,
  make: null,
  model: null,
  product: null,
  serialnumber: null,
  assettag: null,
}

/** Whether sections may be named by the values of this property, and whether only of a certain form. */
export function namingOf(property: string): { form: RegExp | null } | null {
  const key = property.toLowerCase()
  return Object.hasOwn(properties, key) ? { form: properties[key] ?? null } : null
}

/** What it is for a machine to have this value of this property of MDT's. */
export function testOf(property: string, value: string): RuleTest {
  switch (property.toLowerCase()) {
    case 'make':
      return { by: 'manufacturer', manufacturer: value }
    case 'model':
      return { by: 'model', product: value }
    case 'product':
      return { by: 'board', product: value }
    case 'serialnumber':
      return { by: 'serial', serial: value }
    case 'uuid':
      return uuidShape.test(value)
        ? { by: 'uuid', uuid: value.replaceAll(/[{}]/g, '').toLowerCase() }
        : { by: 'property', property, value }
    case 'defaultgateway':
    case 'defaultgateway001':
      return { by: 'gateway', gateway: value }
    case 'macaddress':
    case 'macaddress001':
      return macShape.test(value)
        ? { by: 'mac', mac: value.replaceAll('-', ':').toLowerCase() }
        : { by: 'property', property, value }
    default:
      return { by: 'property', property, value }
  }
}

const makers =
  /^(dell|hp|hewlett|lenovo|ibm|asus|acer|msi|micro-star|microsoft|intel|toshiba|dynabook|fujitsu|panasonic|samsung|sony|gigabyte|vmware|innotek|xen|qemu|apple|getac|nec)\b/i

/** Which of several properties of free form a section's name looks like: `PF3ABC12` a serial number, `Dell Inc.` a maker. */
export function likeliestProperty(name: string, among: readonly string[]): string | null {
  const has = (property: string): string | undefined => among.find((one) => one.toLowerCase() === property)
  const maker = makers.test(name) && name.split(/\s+/).length <= 3 ? has('make') : undefined
  const serial = /^(?=.*\d)[A-Z0-9-]{6,24}$/.test(name) ? (has('serialnumber') ?? has('assettag')) : undefined
  return maker ?? serial ?? has('model') ?? has('product') ?? among[0] ?? null
}
