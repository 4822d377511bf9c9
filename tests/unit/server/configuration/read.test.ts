import { describe, expect, test } from 'vitest'
import { readConfig, type ConfigProblem } from '../../../../server/configuration/read.ts'

function read(env: Record<string, string>, file: string | null = null) {
  return readConfig({ env, file, fileName: 'data/etabli.yaml' })
}

function configOf(env: Record<string, string>, file: string | null = null) {
  const reading = read(env, file)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.config
}

function problemsOf(env: Record<string, string>, file: string | null = null): ConfigProblem[] {
  const reading = read(env, file)
  return reading.ok ? [] : reading.problems
}

describe('configuration', () => {
  test('opens nothing but the HTTP port when nothing is set', () => {
    const config = configOf({})
    expect(config['dhcp.mode']).toBe('off')
    expect(config.interface).toBeNull()
    expect(config.listen).toEqual({ host: '0.0.0.0', port: 8080 })
    expect(config.dataDir).toBe('./data')
  })

  test('takes settings from etabli.yaml, nested or dotted', () => {
    const nested =
      'interface: enp3s0\ndhcp:\n  mode: pxe-lease\n  range: 10.0.0.50-10.0.0.90\n  dns: [10.0.0.1, 9.9.9.9]\n'
    const config = configOf({}, nested)
    expect(config['dhcp.mode']).toBe('pxe-lease')
    expect(config['dhcp.range']).toEqual({ first: '10.0.0.50', last: '10.0.0.90' })
    expect(config['dhcp.dns']).toEqual(['10.0.0.1', '9.9.9.9'])
    expect(configOf({}, 'dhcp.leaseSeconds: 600')['dhcp.leaseSeconds']).toBe(600)
  })

  test('lets an environment variable win over the file, and an empty one count as not set', () => {
    const file = 'listen: 127.0.0.1:9000\nlanguage: en'
    expect(configOf({ ETABLI_LISTEN: '[::1]:81', ETABLI_LANGUAGE: '' }, file)).toMatchObject({
      listen: { host: '::1', port: 81 },
      language: 'en',
    })
  })

  test('names every problem at once, with the place it was read from', () => {
    const problems = problemsOf(
      { ETABLI_LISTEN: 'somewhere', ETABLI_PUBLIC_URL: 'ftp://x', ETABLI_ADMIN_PASSWORD: 'short' },
      'dhcp:\n  range: 10.0.0.90-10.0.0.50\ncolour: blue\n',
    )
    expect(problems.map(({ source }) => source)).toEqual([
      'data/etabli.yaml: colour',
      'ETABLI_LISTEN',
      'ETABLI_PUBLIC_URL',
      'data/etabli.yaml: dhcp.range',
      'ETABLI_ADMIN_PASSWORD',
    ])
    for (const { message } of problems) expect(message.fr).not.toBe(message.en)
  })

  test('names the setting that was probably meant', () => {
    const [problem] = problemsOf({}, 'dhcp:\n  mod: full\n')
    expect(problem?.message.fr).toContain('Vouliez-vous dire «\u202fdhcp.mode\u202f»\u202f?')
    expect(problem?.message.en).toContain('Did you mean "dhcp.mode"?')
  })

  test('says in French why the file is no YAML', () => {
    expect(problemsOf({}, 'dhcp:\n\tmode: full\n')[0]?.message.fr).toContain('il faut des espaces')
  })

  test('keeps the zeros of a password that looks like a number', () => {
    expect(configOf({}, 'adminPassword: 00123456').adminPassword).toBe('00123456')
  })

  test('names the line of YAML that cannot be read', () => {
    expect(problemsOf({}, 'listen: 1.2.3.4:80\ninterface: [eth0\n').map(({ source }) => source)).toContain(
      'data/etabli.yaml:3',
    )
  })

  test.each([
    [
      'needs an interface and a range to serve DHCP',
      { ETABLI_DHCP_MODE: 'full' },
      ['ETABLI_INTERFACE', 'ETABLI_DHCP_RANGE'],
    ],
    ['refuses proxy mode, which is not available yet', { ETABLI_DHCP_MODE: 'proxy' }, ['ETABLI_DHCP_MODE']],
    ['refuses a mode that does not exist', { ETABLI_DHCP_MODE: 'on' }, ['ETABLI_DHCP_MODE']],
    ['refuses a database that is not PostgreSQL', { DATABASE_URL: 'mysql://x/y' }, ['DATABASE_URL']],
    ['refuses a path behind the public address', { ETABLI_PUBLIC_URL: 'http://a/b' }, ['ETABLI_PUBLIC_URL']],
    ['refuses a certificate without its key', { ETABLI_TLS_CERT: '/a.pem' }, ['ETABLI_TLS_KEY']],
    ['refuses a port that is none', { ETABLI_LISTEN: '0.0.0.0:70000' }, ['ETABLI_LISTEN']],
    ['refuses a range of two million addresses', { ETABLI_DHCP_RANGE: '10.0.0.1-10.32.0.1' }, ['ETABLI_DHCP_RANGE']],
  ])('%s', (_what, env, sources) => {
    expect(problemsOf(env).map(({ source }) => source)).toEqual(sources)
  })

  test('says that proxy mode is not available yet', () => {
    expect(problemsOf({ ETABLI_DHCP_MODE: 'proxy' })[0]?.message.fr).toContain('n’est pas encore disponible')
  })

  test('does not look for the data folder in the data folder', () => {
    expect(problemsOf({}, 'dataDir: /srv').map(({ key }) => key)).toEqual(['dataDir'])
  })

  test('names a misspelt variable without refusing to start', () => {
    const reading = read({ ETABLI_DHCPMODE: 'full' })
    expect(reading.ok && reading.notices.map(({ key }) => key)).toEqual(['ETABLI_DHCPMODE'])
  })

  test('keeps TFTP where it is told', () => {
    expect(configOf({ ETABLI_TFTP_LISTEN: '127.0.0.1:6969' })['tftp.listen']).toEqual({ host: '127.0.0.1', port: 6969 })
    expect(configOf({ ETABLI_TFTP_LISTEN: 'off' })['tftp.listen']).toBe('off')
  })

  test('lets TFTP blocks be as large as RFC 2348 allows, and fit an Ethernet where nothing is said', () => {
    expect(configOf({})['tftp.maxBlockSize']).toBe(1468)
    expect(configOf({ ETABLI_TFTP_MAX_BLOCK_SIZE: '65464' })['tftp.maxBlockSize']).toBe(65464)
    for (const given of ['511', '65465', '1e3', '-1', 'jumbo']) {
      expect(problemsOf({ ETABLI_TFTP_MAX_BLOCK_SIZE: given })).toMatchObject([
        { key: 'tftp.maxBlockSize', code: 'SETTING_BLOCK_SIZE' },
      ])
    }
  })
})
