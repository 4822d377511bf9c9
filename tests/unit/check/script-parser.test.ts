import { beforeAll, describe, expect, test } from 'vitest'
import { scriptFile } from '../../../agent/windows/system/powershell.ts'
import { openScriptParser, type ScriptParser } from '../../check/script-parser.ts'

let parse: ScriptParser
beforeAll(async () => {
  parse = await openScriptParser()
})

test('a script of Windows PowerShell 5.1 has no problem, bare or with its prologue', () => {
  const text = [
    '$found = @{ name = "é"; list = @(Get-ChildItem HKLM:\\SOFTWARE | Where-Object { $_.Name -match "x" }) }',
    'try { Get-Tpm -ErrorAction Stop } catch [Exception] { $found.tpm = $_.Exception.Message } finally { }',
    'if ($found.name -eq "é" -and -not $null) { Send-Result $found }',
  ].join('\n')
  expect(parse(text)).toEqual([])
  expect(parse(scriptFile({ name: 'x', text }))).toEqual([])
})

describe('what is broken is told with its place', () => {
  test.each([
    ['a brace left open', '$a = 1\nif ($a) {\n  $b', 3],
    ['a parenthesis left open', '$a = 1\n$b = (1 + ', 2],
    ['a string left open', '$a = 1\n$b = "x\n', 2],
  ])('%s', (_name, text, line) => {
    expect(parse(text)[0]?.line).toBe(line)
  })
})

describe('what only PowerShell 7 understands', () => {
  test.each([
    ['$a = $b ?? 1'],
    ['$a ??= 1'],
    ['${a}?.Length'],
    ['$a = $b ? 1 : 2'],
    ['Stop-Service a && Start-Service b'],
    ['Stop-Service a || Start-Service b'],
    ['1..3 | ForEach-Object -Parallel { $_ }'],
    ['$a | ConvertFrom-Json -AsHashtable'],
    ['if ($IsWindows) { 1 }'],
    ['1..3 | Join-String'],
  ])('%s', (text) => {
    expect(parse(text)).not.toEqual([])
  })
})

test('a list of bare words is told as what it is', () => {
  expect(parse('Get-Process | Select-Object Name, Id')[0]?.what).toContain('in quotes')
  expect(parse("Get-Process | Select-Object 'Name', 'Id'")).toEqual([])
})

test('a typographic quote counts in code, not in a comment', () => {
  expect(parse('# Windows’ own\n$a = 1')).toEqual([])
  expect(parse("$a = 'l’hôte'")).not.toEqual([])
})

describe('a comma between a method’s parentheses', () => {
  test.each([
    ["[Console]::Out.WriteLine('{0}: {1}' -f $name, $_.Exception.Message)"],
    ["$list.Add($text -replace 'a', 'b')"],
    ["$list.Add('x', $text -split ',', 2)"],
    ["$list.Add(1 + 'a{0}{1}' -f $a, $b)"],
  ])('ends what an operator before it takes: %s', (text) => {
    expect(parse(text).map(({ what }) => what)).toEqual([expect.stringContaining('before the comma only')])
  })

  test.each([
    ["[Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message))"],
    ["$list.Add('{0}' -f $name)"],
    ["$list.Add('a', '{0}' -f $name)"],
    ["$list.Add(($text -replace 'a', 'b'), 2)"],
    ["Write-Output ('{0}: {1}' -f $a, $b)"],
    ["$text.Split(',', 2)"],
  ])('is meant: %s', (text) => {
    expect(parse(text)).toEqual([])
  })
})

describe('a command that misleads as it stands', () => {
  test.each([
    ['$a = @(Get-WindowsCapability -Online | Where-Object { $_.State })'],
    ['Remove-AppxProvisionedPackage -Online -PackageName $a | Out-Null'],
    ['$signature = Get-AuthenticodeSignature -LiteralPath $file'],
  ])('is told: %s', (text) => {
    expect(parse(text)).toHaveLength(1)
  })

  test('and is none as it is meant', () => {
    expect(parse('Get-WindowsCapability -Online -LimitAccess | Out-Null')).toEqual([])
    expect(parse('Remove-AppxProvisionedPackage -Online -AllUsers -PackageName $a | Out-Null')).toEqual([])
  })
})
