# Which apps, capabilities and features of $In are there: an app for some user ('installed'), for every new one
# ('provisioned'), about to be fetched by one of $In.tasks ('scheduled'), or not at all. An app that is only staged is on the disk, and in nobody's menu.
# Names of .NET enumerations are English in every language of Windows.
$found = @{}
function Measure-Part($name, [scriptblock]$part) {
  try { $found[$name] = & $part } catch { [Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message)) }
}

Measure-Part 'appx' {
  $wanted = @($In.appx)
  $provisioned = @()
  $packages = @()
  if ($wanted.Count -gt 0) {
    # Without either list nothing is known of any app.
    $provisioned = @(Get-AppxProvisionedPackage -Online)
    $packages = @(Get-AppxPackage -AllUsers)
  }
  $orchestrators = @(
    'HKLM:\SOFTWARE\Microsoft\WindowsUpdate\Orchestrator\UScheduler_Oobe'
    'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Orchestrator\UScheduler'
  )
  $unmeasured = New-Object System.Collections.ArrayList
  $items = @(foreach ($name in $wanted) {
    try {
      $states = New-Object System.Collections.ArrayList
      if (@($provisioned | Where-Object { $_.DisplayName -eq $name }).Count -gt 0) { $null = $states.Add('provisioned') }
      $users = @($packages | Where-Object { $_.Name -eq $name } | ForEach-Object { $_.PackageUserInformation })
      if (@($users | Where-Object { [string]$_.InstallState -eq 'Installed' }).Count -gt 0) { $null = $states.Add('installed') }
      $tasks = @($In.tasks.$name | Where-Object { $_ })
      $waiting = @($tasks | ForEach-Object { "$($orchestrators[0])\$_"; "$($orchestrators[1])\$_" } | Where-Object { Test-Path -LiteralPath $_ })
      if ($waiting.Count -gt 0) { $null = $states.Add('scheduled') }
      if ($states.Count -gt 0) { @{ name = [string]$name; states = @($states.ToArray()) } }
    } catch {
      # One that cannot be looked at takes no other with it.
      [Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message))
      $null = $unmeasured.Add([string]$name)
    }
  })
  @{ items = $items; unmeasured = @($unmeasured.ToArray()) }
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
