# Whether an Appx or MSIX package is there: provisioned for every user to come, or installed for one. One that is only
# staged is on the disk, and nobody can start it.
# $In.name: its name, `Microsoft.WindowsCalculator`.
$version = $null
$provisioned = @(Get-AppxProvisionedPackage -Online | Where-Object { $_.DisplayName -eq $In.name })
if ($provisioned.Count -gt 0) { $version = [string]$provisioned[0].Version }
$installed = @(Get-AppxPackage -AllUsers -Name $In.name | Where-Object {
  @($_.PackageUserInformation | Where-Object { [string]$_.InstallState -eq 'Installed' }).Count -gt 0
})
if ($installed.Count -gt 0) { $version = [string]$installed[0].Version }
Send-Result @{ there = ($provisioned.Count + $installed.Count) -gt 0; version = $version }
