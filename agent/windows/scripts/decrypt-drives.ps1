# Has Windows decrypt every drive that is encrypted; that goes on after this script, and over restarts. Win32_EncryptableVolume:
# ConversionStatus 0 is decrypted, 3 is being decrypted, 5 stands still on its way there.
$volumes = @(Get-CimInstance -Namespace 'root\cimv2\Security\MicrosoftVolumeEncryption' -ClassName Win32_EncryptableVolume | Where-Object { $_.DriveLetter })
$refused = @(foreach ($volume in $volumes) {
  $state = [int](Invoke-CimMethod -InputObject $volume -MethodName GetConversionStatus).ConversionStatus
  if ($state -eq 0 -or $state -eq 3) { continue }
  $method = 'Decrypt'
  if ($state -eq 5) { $method = 'ResumeConversion' }
  $code = [double](Invoke-CimMethod -InputObject $volume -MethodName $method).ReturnValue
  if ($code -ne 0) { @{ drive = [string]$volume.DriveLetter; code = $code } }
})
Send-Result @{ refused = $refused }
