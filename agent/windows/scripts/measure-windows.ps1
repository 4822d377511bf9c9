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
  $servicing = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecureBoot\Servicing'
  $status = [string](Read-Value $servicing 'UEFICA2023Status')
  $capable = Read-Value $servicing 'WindowsUEFICA2023Capable'
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
      capable = $(if ($null -eq $capable) { -1 } else { [int]$capable })
    }
  } finally {
    & "$env:SystemRoot\System32\mountvol.exe" "${letter}:" /D | Out-Null
  }
}

# What first-sign-in.ps1 leaves, where it is needed.
Measure-Part 'firstSignIn' {
  $key = 'HKLM:\SOFTWARE\Microsoft\Active Setup\Installed Components\{7E0E5A0B-6D0E-4B43-9D5E-3C1B5F6A2E11}'
  $shell = "$env:SystemRoot\SystemApps\MicrosoftWindows.Client.CBS_cw5n1h2txyewy\appxmanifest.xml"
  $build = [int](Read-Value 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion' 'CurrentBuildNumber')
  @{
    needed     = $build -ge 26100 -and (Test-Path -LiteralPath $shell)
    registered = [string](Read-Value $key 'StubPath') -match 'Add-AppxPackage'
  }
}

# The words of reagentc are Windows' language's; the place of WinRE is a path of the kernel's, its boot entry a GUID.
Measure-Part 'recovery' {
  $lines = @(& "$env:SystemRoot\System32\reagentc.exe" /info | ForEach-Object { [string]$_ })
  $enabled = $false
  $onRecoveryPartition = $false
  $text = $lines -join "`n"
  $none = '00000000-0000-0000-0000-000000000000'
  if ($text -match '([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})' -and $Matches[1] -ne $none) {
    if ($text -match 'GLOBALROOT\\device\\harddisk(\d+)\\partition(\d+)\\') {
      $enabled = $true
      $partition = Get-Partition -DiskNumber ([int]$Matches[1]) -PartitionNumber ([int]$Matches[2])
      $onRecoveryPartition = [string]$partition.GptType -eq '{de94bba4-06d1-4d40-a16a-bfd50179d6ac}'
    }
  }
  @{ enabled = $enabled; onRecoveryPartition = $onRecoveryPartition }
}

Measure-Part 'firmware' {
  @{ version = ([string](Get-CimInstance -ClassName Win32_BIOS).SMBIOSBIOSVersion).Trim() }
}

# Smart App Control; -1: this Windows has none.
Measure-Part 'appControl' {
  $state = Read-Value 'HKLM:\SYSTEM\CurrentControlSet\Control\CI\Policy' 'VerifiedAndReputablePolicyState'
  @{ state = $(if ($null -eq $state) { -1 } else { [int]$state }) }
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
