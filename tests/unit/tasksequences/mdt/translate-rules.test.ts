import { describe, expect, test } from 'vitest'
import { imported, lineOf, share } from './built-share.ts'

describe('rules', () => {
  const rules = async (ini: string) => (await imported(share('', { 'Control/CustomSettings.ini': ini }))).rules

  test('for machines by serial number, MAC address, router and model; each with what is for every machine', async () => {
    const found = await rules(
      [
        '[Settings]\nPriority=MACAddress, DefaultGateway, SerialNumber, Default\nProperties=Site',
        '[00:15:5D:01:02:03]\nOSDComputerName=BENCH-1',
        '[DefaultGateway]\n10.0.0.1=Paris\n10.0.1.1=Lyon',
        '[Paris]\nSite=P\nTaskSequenceID=TS1\n[Lyon]\nSite=L',
        '[PF3ABC12]\nOSDComputerName=LT-%SerialNumber%',
        '[Default]\nUserLocale=fr-FR\nSite=X',
      ].join('\n'),
    )
    expect(found.map(({ tests, chooses }) => [tests, chooses.sequence, chooses.variables])).toEqual([
      [[{ by: 'mac', mac: '00:15:5d:01:02:03' }], null, { computerName: 'BENCH-1', locale: 'fr-FR', Site: 'X' }],
      [[{ by: 'gateway', gateway: '10.0.0.1' }], 'ts1', { Site: 'P', locale: 'fr-FR' }],
      [[{ by: 'gateway', gateway: '10.0.1.1' }], null, { Site: 'L', locale: 'fr-FR' }],
      [[{ by: 'serial', serial: 'PF3ABC12' }], null, { computerName: 'LT-{serial}', locale: 'fr-FR', Site: 'X' }],
    ])
  })

  test('by subsections that are named by make and model', async () => {
    const found = await rules(
      '[Settings]\nPriority=ByModel,Default\n[ByModel]\nSubsection=%Make%-%Model%\n[HP-Z2]\nTaskSequenceID=TS1\n[Default]\nOSInstall=Y',
    )
    expect(found).toMatchObject([
      {
        tests: [
          { by: 'manufacturer', manufacturer: 'HP' },
          { by: 'model', product: 'Z2' },
        ],
        chooses: { sequence: 'ts1' },
      },
    ])
  })

  test.each([
    [
      '[Settings]\nPriority=Db\n[Db]\nSQLServer=s\nDatabase=MDT\nTable=Computers\nParameters=UUID',
      '[Db]',
      'MDT_RULE_DATABASE',
    ],
    [
      '[Settings]\nPriority=Web\n[Web]\nWebService=http://s\nOSDComputerName=string',
      '[Web] OSDComputerName',
      'MDT_RULE_WEB_SERVICE',
    ],
    [
      '[Settings]\nPriority=Init\n[Init]\nUserExit=x.vbs\nOSDComputerName=#Name()#',
      '[Init] UserExit',
      'MDT_RULE_USER_EXIT',
    ],
    [
      '[Settings]\nPriority=Init\n[Init]\nUserExit=x.vbs\nOSDComputerName=#Name()#',
      '[Init] OSDComputerName',
      'MDT_RULE_COMPUTED',
    ],
    ['[Settings]\nPriority=Default\n[Default]\n[Lost]\nOSDComputerName=X', '[Lost]', 'MDT_RULE_UNREACHED'],
    [
      '[Settings]\nPriority=Default\n[Default]\nOSDComputerName=X\nOSDComputerName=Y',
      'setting:Control/CustomSettings.ini:5',
      'MDT_RULE_TWICE',
    ],
    [
      '[Settings]\nPriority=A,B\n[A]\nUserLocale=fr-FR\n[B]\nUserLocale=de-DE',
      '[B] UserLocale',
      'MDT_SETTING_OVERRIDDEN',
    ],
  ])('%j: %s is %s', async (ini, name, code) => {
    const made = await imported(share('', { 'Control/CustomSettings.ini': ini }))
    expect(lineOf(made, name)?.because.map((one) => one.code)).toContain(code)
  })
})
