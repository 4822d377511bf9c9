# Removes Appx packages: first from what new users get, then from the users there are.
# $In.names: exact names, `Microsoft.BingNews`; $In.tasks: for some of them, the tasks of the Update Orchestrator that would
# fetch them again at the first start of Windows' owner. What Windows refuses is told in words; what counts is what is left
# afterwards: some packages are gone although their removal threw, and some are there although it did not.
$orchestrators = @(
  'HKLM:\SOFTWARE\Microsoft\WindowsUpdate\Orchestrator\UScheduler_Oobe'
  'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Orchestrator\UScheduler'
)
function Find-Task($name) {
  foreach ($task in @($In.tasks.$name | Where-Object { $_ })) {
    foreach ($parent in $orchestrators) { if (Test-Path -LiteralPath "$parent\$task") { "$parent\$task" } }
  }
}

function Find-Provisioned { return @(Get-AppxProvisionedPackage -Online) }

# Staged is on the disk and in nobody's menu: -AllUsers lists that too (Get-AppxPackage, PackageUserInformation).
function Find-Installed($name) {
  return @('Bundle', 'Main' | ForEach-Object { Get-AppxPackage -AllUsers -PackageTypeFilter $_ -Name $name } | Where-Object {
    @($_.PackageUserInformation | Where-Object { [string]$_.InstallState -eq 'Installed' }).Count -gt 0
  })
}

# A list that Windows refuses now may be given later: then what is left is judged by that, and else nothing is known of it.
$before = @()
try { $before = @(Find-Provisioned) } catch { [Console]::Out.WriteLine(('provisioned packages: {0}' -f $_.Exception.Message)) }
foreach ($name in @($In.names)) {
  $found = $false
  $words = New-Object System.Collections.ArrayList
  foreach ($package in @($before | Where-Object { $_.DisplayName -eq $name })) {
    $found = $true
    try {
      # -AllUsers: else those who have it keep it, and Windows brings the provisioning back with its next feature update.
      Remove-AppxProvisionedPackage -Online -AllUsers -PackageName $package.PackageName | Out-Null
    } catch { $null = $words.Add([string]$_) }
  }
  foreach ($task in @(Find-Task $name)) {
    $found = $true
    try { Remove-Item -LiteralPath $task -Recurse -Force } catch { $null = $words.Add([string]$_) }
  }
  try {
    # -AllUsers works on the parent package: the bundle where there is one (Remove-AppxPackage).
    foreach ($package in @(Find-Installed $name)) {
      $found = $true
      try { Remove-AppxPackage -AllUsers -Package $package.PackageFullName } catch { $null = $words.Add([string]$_) }
    }
    $left = @(Find-Installed $name).Count + @(Find-Provisioned | Where-Object { $_.DisplayName -eq $name }).Count
    $left += @(Find-Task $name).Count
    if ($left -gt 0) { $outcome = 'failed' } elseif ($found) { $outcome = 'removed' } else { $outcome = 'absent' }
    if ($left -gt 0 -and $words.Count -eq 0) { $null = $words.Add('still there after its removal') }
  } catch {
    # Nothing is known of what is left.
    $outcome = 'failed'
    $null = $words.Add([string]$_)
  }
  Send-Progress @{ name = $name; outcome = $outcome; words = (@($words.ToArray()) -join ' ') }
}
Send-Result @{ restart = $false }
