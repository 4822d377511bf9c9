# What stands in the registry at the keys of $In.keys, each with those of its values that are asked for. reg.exe would print
# it in the OEM code page, where an accent is another character; this result is a file in UTF-8.
# $In.keys: key (`HKLM\SOFTWARE\TeamViewer`) and names. All are seen as 64-bit programs see them, whatever this PowerShell is:
# what 32-bit ones write stands below WOW6432Node.
$hives = @{ HKLM = 'LocalMachine'; HKCU = 'CurrentUser'; HKU = 'Users' }
$asWritten = [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames

# Numbers in decimal: .NET gives them with a sign, which the registry does not have. Bytes in hexadecimal, lines with \0
# between them, as people know them from reg.exe.
function ConvertTo-Text($Value) {
  if ($Value -is [byte[]]) { return [BitConverter]::ToString($Value).Replace('-', '') }
  if ($Value -is [string[]]) { return $Value -join '\0' }
  if ($Value -is [int]) { return [string][BitConverter]::ToUInt32([BitConverter]::GetBytes($Value), 0) }
  if ($Value -is [long]) { return [string][BitConverter]::ToUInt64([BitConverter]::GetBytes($Value), 0) }
  return [string]$Value
}

# A value's kind is the name of a .NET enumeration, English in every Windows.
function Read-Key([string]$Place, $Names) {
  $hive, $path = $Place -split '\\', 2
  $root = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]$hives[$hive], [Microsoft.Win32.RegistryView]::Registry64)
  $key = $root.OpenSubKey([string]$path)
  if ($null -eq $key) { return @{ key = $Place; state = 'absent' } }
  $there = @($key.GetValueNames())
  $values = @(foreach ($name in @($Names)) {
    if ($there -contains $name) {
      $value = $key.GetValue($name, $null, $asWritten)
      @{ name = [string]$name; kind = [string]$key.GetValueKind($name); data = ConvertTo-Text $value }
    }
  })
  return @{ key = $Place; state = 'there'; values = $values }
}

$keys = @(foreach ($asked in @($In.keys)) {
  try { Read-Key $asked.key $asked.names } catch { @{ key = [string]$asked.key; state = 'refused'; words = [string]$_.Exception.Message } }
})
Send-Result @{ keys = $keys }
