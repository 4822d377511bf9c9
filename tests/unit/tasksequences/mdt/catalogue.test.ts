import { describe, expect, test } from 'vitest'
import { parsePack } from '../../../../images/driver-packs/parse-pack.ts'
import { parseManifest } from '../../../../images/software/parse-manifest.ts'
import { imported, lineOf, share, step, stepsOf } from './built-share.ts'

describe('applications', () => {
  const application = (guid: string, name: string, fields: string) =>
    `<application guid="{${guid}}" enable="True"><Name>${name}</Name>${fields}</application>`
  const commandLine = (text: string, folder: string) =>
    `<CommandLine>${text}</CommandLine><WorkingDirectory>.\\Applications\\${folder}</WorkingDirectory>`
  const list = (...items: string[]) => `<applications>${items.join('')}</applications>`
  const install = (guid: string, name = 'Install') =>
    step(name, 'cscript.exe "%SCRIPTROOT%\\ZTIApplications.wsf"', {
      type: 'BDD_InstallApplication',
      variables: { ApplicationGUID: `{${guid}}`, ApplicationSuccessCodes: '0 3010 1707' },
    })

  test('are manifests, with what they need, their codes and how MDT saw that they are there', async () => {
    const made = await imported(
      share(install('B'), {
        'Control/Applications.xml': list(
          application('A', 'Runtime', commandLine('msiexec /i runtime.msi /qn ALLUSERS=1', 'RT')),
          application(
            'B',
            'Tool 2',
            `${commandLine('setup.exe /S', 'Tool')}<Dependency>{a}</Dependency><UninstallKey>Tool</UninstallKey><Reboot>True</Reboot>`,
          ),
        ),
        'Applications/RT/runtime.msi': '',
        'Applications/Tool/setup.exe': '',
      }),
    )
    const tool = parseManifest(made.packages.find(({ id }) => id === 'tool-2')?.manifestYaml ?? '')
    expect(tool).toMatchObject({
      value: {
        installer: { kind: 'exe', file: 'setup.exe', arguments: ['/S'] },
        success: [0, 1707],
        needs: ['runtime'],
        detect: {
          registry: { keys: [expect.stringMatching(/Uninstall\\Tool$/), expect.stringMatching(/WOW6432Node/)] },
        },
      },
    })
    expect(made.packages[0]?.manifest.installer).toEqual({
      kind: 'msi',
      file: 'runtime.msi',
      arguments: ['ALLUSERS=1'],
    })
    expect(
      stepsOf(made)
        .map(({ type }) => type)
        .slice(-3),
    ).toEqual(['install-software', 'restart', 'seal'])
    expect(lineOf(made, 'Tool 2')).toMatchObject({ verdict: 'taken' })
    expect(lineOf(made, 'Runtime')).toMatchObject({
      verdict: 'look',
      because: [{ code: 'MDT_APPLICATION_NO_DETECTION' }],
    })
  })

  test('a bundle opens into what it depends on, and a circle ends', async () => {
    const made = await imported(
      share(install('BUNDLE'), {
        'Control/Applications.xml': list(
          application('BUNDLE', 'All', '<Dependency>{A}</Dependency><Dependency>{B}</Dependency>'),
          application('A', 'One', `${commandLine('one.exe /S', '1')}<Dependency>{B}</Dependency>`),
          application('B', 'Two', `${commandLine('two.exe /S', '2')}<Dependency>{A}</Dependency>`),
        ),
      }),
    )
    expect(stepsOf(made).find(({ type }) => type === 'install-software')?.input).toEqual({ packages: ['one', 'two'] })
    expect(made.packages.map(({ manifest }) => manifest.needs)).toEqual([['two'], undefined])
    expect(lineOf(made, 'Two')?.because.map(({ code }) => code)).toContain('MDT_APPLICATION_NEEDS_CIRCLE')
  })

  test.each([
    ['msiexec /x {GUID} /qn', 'MDT_APPLICATION_PATCH'],
    ['msiexec /update "\\\\s\\x.msp" /q', 'MDT_APPLICATION_PATCH'],
    ['wusa.exe Windows6.1-KB2819745-x64.msu /quiet', 'MDT_APPLICATION_UPDATE'],
    ['cscript.exe Install.wsf', 'MDT_APPLICATION_SCRIPT'],
    ['install.bat', 'MDT_APPLICATION_SCRIPT'],
    ['%DeployRoot%\\Tools\\LGPO.exe /q /t x.gpo', 'MDT_APPLICATION_SCRIPT'],
    ['', 'MDT_APPLICATION_NO_COMMAND'],
  ])('%s is no package, and that is said', async (command, code) => {
    const made = await imported(
      share('', { 'Control/Applications.xml': list(application('A', 'App', commandLine(command, 'X'))) }),
    )
    expect(made.packages).toEqual([])
    expect(lineOf(made, 'App')).toMatchObject({
      verdict: 'left',
      because: expect.arrayContaining([expect.objectContaining({ code })]),
    })
  })

  test('the rules name for every machine are installed where MDT would ask', async () => {
    const made = await imported(
      share(
        step('Install Applications', 'cscript.exe "%SCRIPTROOT%\\ZTIApplications.wsf"', {
          type: 'BDD_InstallApplication',
        }),
        {
          'Control/Applications.xml': list(application('A', 'One', commandLine('one.exe /S', '1'))),
          'Control/CustomSettings.ini': '[Settings]\nPriority=Default\n[Default]\nMandatoryApplications001={A}\n',
        },
      ),
    )
    expect(stepsOf(made).find(({ type }) => type === 'install-software')?.input).toEqual({ package: 'one' })
  })
})

describe('drivers', () => {
  const driver = (guid: string, platform = 'x64') =>
    `<driver guid="{${guid}}" enable="True"><Name>${guid}</Name><Source>.\\Out-of-box Drivers\\NET\\${guid}\\x.inf</Source><Platform>${platform}</Platform></driver>`
  const files = {
    'Control/Drivers.xml': `<drivers>${driver('A')}${driver('B')}${driver('C', 'x86')}${driver('D')}${driver('E')}</drivers>`,
    'Control/DriverGroups.xml':
      '<groups><group guid="{0}" enable="True"><Name>default</Name></group>' +
      '<group guid="{1}" enable="True"><Name>Windows 11\\Dell Inc.\\Latitude 5440</Name><Member>{a}</Member><Member>{b}</Member><Member>{c}</Member></group>' +
      '<group guid="{2}" enable="True"><Name>WinPE x64</Name><Member>{d}</Member></group></groups>',
    'Out-of-box Drivers/NET/A/x.inf': '',
  }

  test('are packs by folder, with the model the folder is named by', async () => {
    const made = await imported(share('', files))
    expect(made.packs.map(({ name, models, folders }) => ({ name, models, folders }))).toEqual([
      {
        name: 'Windows 11 - Dell Inc. - Latitude 5440',
        models: [{ manufacturer: 'Dell Inc.', product: 'Latitude 5440' }],
        folders: ['Out-of-box Drivers/NET/A', 'Out-of-box Drivers/NET/B'],
      },
      { name: 'MDT', models: [], folders: ['Out-of-box Drivers/NET/E'] },
    ])
    expect(parsePack(made.packs[0]?.packYaml ?? '')).toMatchObject({
      value: { models: [{ product: 'Latitude 5440' }] },
    })
    expect([lineOf(made, 'A'), lineOf(made, 'B')]).toMatchObject([
      { verdict: 'taken' },
      { verdict: 'look', because: [{ code: 'MDT_PAYLOAD_MISSING' }] },
    ])
    expect([lineOf(made, 'C'), lineOf(made, 'D')]).toMatchObject([
      { because: [{ code: 'MDT_32_BIT' }] },
      { because: [{ code: 'MDT_DRIVER_WINPE' }] },
    ])
  })
})
