# Which apps, capabilities and features of $In are there: an app for some user ('installed'), for every new one
# ('provisioned'), about to be fetched by one of $In.tasks ('scheduled'), or not at all. An app that is only staged is on the disk, and in nobody's menu.
# Names of .NET enumerations are English in every language of Windows.
$found = @{}
function Measure-Part($name, [scriptblock]$part) {
  try { $found[$name] = & $part } catch { [Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message)) }
}

Measure-Part 'appx' {
  $wanted = @($In.appx)
  $present = @{}
  if ($wanted.Count -gt 0) {
    foreach ($one in @(Get-AppxProvisionedPackage -Online)) {
      if ($wanted -contains $one.DisplayName) { $present[$one.DisplayName] = @('provisioned') }
    }
    foreach ($one in @(Get-AppxPackage -AllUsers | Where-Object { $wanted -contains $_.Name })) {
      $users = @($one.PackageUserInformation | Where-Object { [string]$_.InstallState -eq 'Installed' })
      if ($users.Count -gt 0) { $present[$one.Name] = @($present[$one.Name]) + 'installed' }
    }
  }
  $orchestrators = @(
    'HKLM:\SOFTWARE\Microsoft\WindowsUpdate\Orchestrator\UScheduler_Oobe'
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Orchestrator\UScheduler'
  )
  foreach ($name in $wanted) {
    foreach ($task in @($In.tasks.$name | Where-Object { $_ })) {
      $there = @($orchestrators | Where-Object { Test-Path -LiteralPath "$_\$task" })
      if ($there.Count -gt 0) { $present[$name] = @($present[$name]) + 'scheduled' }
    }
  }
  @{ items = @($present.Keys | ForEach-Object { @{ name = $_; states = @($present[$_] | Where-Object { $_ } | Select-Object -Unique) } }) }
}

Measure-Part 'capabilities' {
  $wanted = @($In.capabilities)
  $names = @()
  if ($wanted.Count -gt 0) {
    $installed = @(Get-WindowsCapability -Online -LimitAccess | Where-Object { [string]$_.State -eq 'Installed' })
    $names = @($installed | ForEach-Object { ($_.Name -split '~')[0] })
  }
  @{ items = @($wanted | Where-Object { $names -contains $_ }) }
}

Measure-Part 'features' {
  $wanted = @($In.features)
  $names = @()
  if ($wanted.Count -gt 0) {
    $enabled = @(Get-WindowsOptionalFeature -Online | Where-Object { @('Enabled', 'EnablePending') -contains [string]$_.State })
    $names = @($enabled | ForEach-Object { $_.FeatureName })
  }
  @{ items = @($wanted | Where-Object { $names -contains $_ }) }
}

Send-Result $found
