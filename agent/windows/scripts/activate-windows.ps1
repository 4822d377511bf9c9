# Installs the firmware's key where the caller asks for that, and activates Windows over the Internet, as slmgr.vbs does with
# /ipk and /ato. What it comes to is told, not thrown: what is measured afterwards is judged. The key itself stays here.
$windows = "ApplicationID = '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL AND LicenseIsAddon = FALSE"
try {
  $service = Get-CimInstance -ClassName SoftwareLicensingService
  $key = ([string]$service.OA3xOriginalProductKey).Trim()
  if ($In.firmwareKey -and $key -ne '') {
    Invoke-CimMethod -InputObject $service -MethodName InstallProductKey -Arguments @{ ProductKey = $key } | Out-Null
    Invoke-CimMethod -InputObject $service -MethodName RefreshLicenseStatus | Out-Null
  }
  $products = @(Get-CimInstance -ClassName SoftwareLicensingProduct -Filter $windows)
  if ($products.Count -eq 0) {
    Send-Result @{ outcome = 'no-key'; code = 0 }
  } else {
    Invoke-CimMethod -InputObject $products[0] -MethodName Activate | Out-Null
    Invoke-CimMethod -InputObject $service -MethodName RefreshLicenseStatus | Out-Null
    Send-Result @{ outcome = 'asked'; code = 0 }
  }
} catch [Microsoft.Management.Infrastructure.CimException] {
  # StatusCode is what the provider of these classes gives: an HRESULT of software licensing or of the network.
  Send-Result @{ outcome = 'refused'; code = [double]$_.Exception.StatusCode }
}
