# Takes away what the workshop left in Windows: every answer file, the automatic logon with its password, our script of
# Setup's end, a window of sysprep. $In.leavesShop: Windows sleeps again, and may encrypt its disk, as Microsoft made it.
$removed = New-Object System.Collections.ArrayList
$left = New-Object System.Collections.ArrayList

function Remove-Trace($path) {
  if (-not (Test-Path -LiteralPath $path)) { return }
  try {
    Remove-Item -LiteralPath $path -Recurse -Force
    $null = $removed.Add($path)
  } catch {
    [Console]::Out.WriteLine(('{0}: {1}' -f $path, $_.Exception.Message))
    $null = $left.Add($path)
  }
}

# Where Windows looks for answer files, and where it keeps copies of those it used (Microsoft, "Methods for Running
# Windows Setup", implicit answer file search order). A file is one when it says so: other XML of Setup's stays.
function Find-AnswerFile {
  $files = @(Get-ChildItem -Path "$env:SystemRoot\Panther" -File -Recurse -Force -ErrorAction SilentlyContinue)
  $files += @(Get-ChildItem -Path "$env:SystemRoot\System32\Sysprep" -File -Force -ErrorAction SilentlyContinue)
  $files += @(Get-ChildItem -Path "$env:SystemDrive\" -File -Force -ErrorAction SilentlyContinue)
  return @($files | Where-Object { $_.Name -match '\.xml(\.before-etabli)?$' } | Where-Object {
    Select-String -LiteralPath $_.FullName -Pattern 'urn:schemas-microsoft-com:unattend' -SimpleMatch -Quiet -ErrorAction SilentlyContinue
  } | ForEach-Object { $_.FullName })
}

foreach ($file in @(Find-AnswerFile)) { Remove-Trace $file }
Remove-ItemProperty -LiteralPath 'HKLM:\SYSTEM\Setup' -Name 'UnattendFile' -ErrorAction SilentlyContinue

# The logon of the workshop: its values, and the secret in which Windows keeps the password of an answer file.
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
Set-ItemProperty -LiteralPath $winlogon -Name 'AutoAdminLogon' -Value '0'
foreach ($name in @('DefaultPassword', 'AutoLogonCount', 'AutoLogonSID', 'DefaultUserName', 'DefaultDomainName')) {
  Remove-ItemProperty -LiteralPath $winlogon -Name $name -ErrorAction SilentlyContinue
}
Remove-Item -LiteralPath 'HKLM:\SECURITY\Policy\Secrets\DefaultPassword' -Recurse -Force -ErrorAction SilentlyContinue

# Our SetupComplete.cmd; the one that the image had before gets its name back.
$scripts = "$env:SystemRoot\Setup\Scripts"
$ours = "$scripts\SetupComplete.cmd"
if ((Test-Path -LiteralPath $ours) -and (Select-String -LiteralPath $ours -Pattern 'etabli-agent.exe' -SimpleMatch -Quiet)) {
  Remove-Trace $ours
  $earlier = "$scripts\SetupComplete.before-etabli.cmd"
  if (Test-Path -LiteralPath $earlier) { Rename-Item -LiteralPath $earlier -NewName 'SetupComplete.cmd' }
}

if ($In.leavesShop) {
  # What the answer file sets: Microsoft-Windows-SecureStartup-FilterDriver and Microsoft-Windows-EnhancedStorage-Adm.
  $places = @{
    'HKLM:\SYSTEM\CurrentControlSet\Control\BitLocker'                = 'PreventDeviceEncryption'
    'HKLM:\SOFTWARE\Policies\Microsoft\Windows\EnhancedStorageDevices' = 'TCGSecurityActivationDisabled'
  }
  foreach ($key in $places.Keys) { Remove-ItemProperty -LiteralPath $key -Name $places[$key] -ErrorAction SilentlyContinue }

  # The workshop's power plan is Windows' balanced one that never sleeps; a plan the shop has chosen is another one.
  # Numbers: GUID_TYPICAL_POWER_SAVINGS, GUID_SLEEP_SUBGROUP, GUID_STANDBY_TIMEOUT (winnt.h).
  $schemes = 'HKLM:\SYSTEM\CurrentControlSet\Control\Power\User\PowerSchemes'
  $balanced = '381b4222-f694-41f0-9685-ff5bb260df2e'
  $sleep = '238c9fa8-0aad-41ed-83f4-97be242c8f20\29f6c1db-86da-48c5-9fdb-f2b67b1f44da'
  $active = Get-ItemProperty -LiteralPath $schemes -ErrorAction SilentlyContinue
  $timeout = Get-ItemProperty -LiteralPath "$schemes\$balanced\$sleep" -ErrorAction SilentlyContinue
  if ($active.ActivePowerScheme -eq $balanced -and $null -ne $timeout -and $timeout.ACSettingIndex -eq 0) {
    & "$env:SystemRoot\System32\powercfg.exe" /restoredefaultschemes
    & "$env:SystemRoot\System32\powercfg.exe" /setactive $balanced
  }
}

# In audit mode a window of sysprep stands open at every logon, and only one sysprep runs at a time.
Get-Process -Name 'sysprep' -ErrorAction SilentlyContinue | Stop-Process -Force

foreach ($file in @(Find-AnswerFile)) { if (-not $left.Contains($file)) { $null = $left.Add($file) } }
Send-Result @{ removed = @($removed.ToArray()); left = @($left.ToArray()) }
