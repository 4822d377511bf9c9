# Provisions an Appx or MSIX package for every user, with the packages it depends on.
# $In.file: the package; $In.dependencies: files of the packages it needs.
# -SkipLicense: packages that do not come from the Store have no licence file (Add-AppxProvisionedPackage).
$arguments = @{ Online = $true; PackagePath = $In.file; SkipLicense = $true }
if (@($In.dependencies).Count -gt 0) { $arguments.DependencyPackagePath = [string[]]$In.dependencies }
try {
  $done = Add-AppxProvisionedPackage @arguments
  Send-Result @{ ok = $true; restart = [bool]$done.RestartNeeded; code = 0; words = '' }
} catch {
  Send-Result @{ ok = $false; restart = $false; code = $_.Exception.HResult; words = [string]$_ }
}
