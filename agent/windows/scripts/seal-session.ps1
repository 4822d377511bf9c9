# The administrator in whose session sysprep runs: $In.name, or, without a name, the built-in one of audit mode. 'find' says
# whether he is signed in at the screen; 'arrange' has Windows sign him in by itself at its next start, with a password that
# nobody knows. An account that is not there is made then.
function Get-Administrator {
  if ($In.name) { return Get-LocalUser -Name $In.name -ErrorAction SilentlyContinue }
  return Get-LocalUser | Where-Object { $_.SID.Value -match '^S-1-5-21-.*-500$' } | Select-Object -First 1
}
$user = Get-Administrator

if ($In.task -eq 'arrange') {
  $bytes = New-Object byte[] 24
  [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)
  $text = 'Aa1-' + [Convert]::ToBase64String($bytes)
  $password = ConvertTo-SecureString -String $text -AsPlainText -Force
  if ($null -eq $user) { $user = New-LocalUser -Name $In.name -Password $password -PasswordNeverExpires }
  else { Set-LocalUser -SID $user.SID -Password $password }
  try {
    Add-LocalGroupMember -SID 'S-1-5-32-544' -Member $user.SID.Value
  } catch [Microsoft.PowerShell.Commands.MemberExistsException] {
    [Console]::Out.WriteLine('already an administrator')
  }
  # One logon: Windows counts down, and takes the password away itself.
  $winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
  Set-ItemProperty -LiteralPath $winlogon -Name 'AutoAdminLogon' -Value '1'
  Set-ItemProperty -LiteralPath $winlogon -Name 'DefaultUserName' -Value $user.Name
  Set-ItemProperty -LiteralPath $winlogon -Name 'DefaultDomainName' -Value $env:COMPUTERNAME
  Set-ItemProperty -LiteralPath $winlogon -Name 'DefaultPassword' -Value $text
  Set-ItemProperty -LiteralPath $winlogon -Name 'AutoLogonCount' -Value 1 -Type DWord
  Remove-ItemProperty -LiteralPath $winlogon -Name 'AutoLogonSID' -ErrorAction SilentlyContinue
}

$signedIn = $false
if ($null -ne $user) {
  $shells = @(Get-CimInstance -ClassName Win32_Process -Filter "Name = 'explorer.exe' AND SessionId > 0" | Where-Object {
    (Invoke-CimMethod -InputObject $_ -MethodName GetOwnerSid -ErrorAction SilentlyContinue).Sid -eq $user.SID.Value
  })
  $signedIn = $shells.Count -gt 0
}
Send-Result @{ signedIn = $signedIn }
