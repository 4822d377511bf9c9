# Removes Appx packages: first from what new users get, then from the users there are.
# $In.names: exact names, `Microsoft.BingNews`. Tells of each; one that fails does not stop the others.
$provisioned = @(Get-AppxProvisionedPackage -Online)
foreach ($name in @($In.names)) {
  $outcome = 'absent'
  $words = ''
  try {
    foreach ($package in @($provisioned | Where-Object { $_.DisplayName -eq $name })) {
      $outcome = 'removed'
      Remove-AppxProvisionedPackage -Online -PackageName $package.PackageName | Out-Null
    }
    # -AllUsers works on the parent package: the bundle where there is one (Remove-AppxPackage).
    foreach ($type in 'Bundle', 'Main') {
      foreach ($package in @(Get-AppxPackage -AllUsers -PackageTypeFilter $type -Name $name)) {
        $outcome = 'removed'
        Remove-AppxPackage -AllUsers -Package $package.PackageFullName
      }
    }
  } catch {
    $outcome = 'failed'
    $words = [string]$_
  }
  Send-Progress @{ name = $name; outcome = $outcome; words = $words }
}
Send-Result @{ restart = $false }
