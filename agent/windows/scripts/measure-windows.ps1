# What Windows says of itself: edition, licence, protection, room, what the shop left. Nothing is judged
# here. A part that cannot be measured is left out of the result, and the log says why.
$found = @{}
function Measure-Part($name, [scriptblock]$part) {
  try { $found[$name] = & $part } catch { [Console]::Out.WriteLine(('{0}: {1}' -f $name, $_.Exception.Message)) }
}
function Read-Value($path, $name) {
  $key = Get-Item -LiteralPath $path -ErrorAction SilentlyContinue
  if ($null -ne $key) { return $key.GetValue($name, $null) }
}

Measure-Part 'version' {
  $key = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  @{
    edition  = [string](Read-Value $key 'EditionID')
    build    = [int](Read-Value $key 'CurrentBuildNumber')
    revision = [int](Read-Value $key 'UBR')
    release  = [string](Read-Value $key 'DisplayVersion')
  }
}

# The firmware's key itself stays here; whether there is one, and for which edition, is what leaves.
# ApplicationID is that of Windows itself; add-ons have it, too.
Measure-Part 'licence' {
  $windows = "ApplicationID = '55c92734-d682-4d71-983e-d6ec3f16059f' AND PartialProductKey IS NOT NULL AND LicenseIsAddon = FALSE"
  $products = @(Get-CimInstance -ClassName SoftwareLicensingProduct -Filter $windows)
  $service = Get-CimInstance -ClassName SoftwareLicensingService
  $channel = ''
  if ($products.Count -gt 0) { $channel = [string]$products[0].Description }
  @{
    statuses        = @($products | ForEach-Object { [int]$_.LicenseStatus })
    channel         = $channel
    firmwareKey     = ([string]$service.OA3xOriginalProductKey).Trim() -ne ''
    firmwareEdition = [string]$service.OA3xOriginalProductKeyDescription
  }
}

# A Windows without the class has no encryption to speak of: WBEM_E_INVALID_NAMESPACE, WBEM_E_INVALID_CLASS, ..._NOT_FOUND.
Measure-Part 'encryption' {
  try {
    $volumes = @(Get-CimInstance -Namespace 'root\cimv2\Security\MicrosoftVolumeEncryption' -ClassName Win32_EncryptableVolume)
  } catch [Microsoft.Management.Infrastructure.CimException] {
    if (@(3, 5, 6) -notcontains [int]$_.Exception.NativeErrorCode) { throw }
    $volumes = @()
  }
  @{
    items = @($volumes | Where-Object { $_.DriveLetter } | ForEach-Object {
      $state = Invoke-CimMethod -InputObject $_ -MethodName GetConversionStatus
      @{ drive = [string]$_.DriveLetter; protection = [int]$_.ProtectionStatus; conversion = [int]$state.ConversionStatus }
    })
  }
}

Measure-Part 'secureBoot' {
  # Confirm-SecureBootUEFI refuses a PC without UEFI; the value is what it reads.
  $state = Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\State' 'UEFISecureBootEnabled'
  @{ state = $(if ($null -eq $state) { 'unsupported' } elseif ([int]$state -eq 1) { 'on' } else { 'off' }) }
}

Measure-Part 'tpm' {
  $chips = @(Get-CimInstance -Namespace 'root\cimv2\Security\MicrosoftTpm' -ClassName Win32_Tpm)
  if ($chips.Count -eq 0) { @{ present = $false; version = ''; enabled = $false } }
  else {
    $version = ([string]$chips[0].SpecVersion -split ',')[0].Trim()
    @{ present = $true; version = $version; enabled = [bool]$chips[0].IsEnabled_InitialValue }
  }
}

# mountvol /S gives the ESP a letter, which nothing else does for certain; it is taken away again. The signature that
# firmware judges is the one inside the file: Get-AuthenticodeSignature prefers a catalog's, which says 2011 of a file
# signed in 2023.
Measure-Part 'bootManager' {
  $status = [string](Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\Servicing' 'UEFICA2023Status')
  $used = @([IO.DriveInfo]::GetDrives() | ForEach-Object { $_.Name.Substring(0, 1) })
  $letter = @('S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z' | Where-Object { $used -notcontains $_ })[0]
  & "$env:SystemRoot\System32\mountvol.exe" "${letter}:" /S | Out-Null
  if ($LASTEXITCODE -ne 0) { throw "mountvol /S: $LASTEXITCODE" }
  try {
    $file = "${letter}:\EFI\Microsoft\Boot\bootmgfw.efi"
    $signer = [Security.Cryptography.X509Certificates.X509Certificate]::CreateFromSignedFile($file)
    $version = [Diagnostics.FileVersionInfo]::GetVersionInfo($file)
    @{
      issuer  = [string]$signer.Issuer
      version = '{0}.{1}.{2}.{3}' -f $version.FileMajorPart, $version.FileMinorPart, $version.FileBuildPart, $version.FilePrivatePart
      update  = $status
    }
  } finally {
    & "$env:SystemRoot\System32\mountvol.exe" "${letter}:" /D | Out-Null
  }
}

Measure-Part 'shop' {
  $key = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\OEMInformation'
  @{ name = [string](Read-Value $key 'Manufacturer'); phone = [string](Read-Value $key 'SupportPhone') }
}

Measure-Part 'space' {
  $drive = Get-CimInstance -ClassName Win32_LogicalDisk -Filter "DeviceID = '$env:SystemDrive'"
  @{ freeBytes = [double]$drive.FreeSpace; sizeBytes = [double]$drive.Size }
}

Send-Result $found
