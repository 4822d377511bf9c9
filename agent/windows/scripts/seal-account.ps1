# The workshop's account $In.name: 'remove' takes it away with its profile, 'open' leaves it without password.
# $In.name may be null: then there is none to see to. Others are named, and left alone.
$builtIn = '^S-1-5-21-.*-5\d\d$'
$others = @(Get-LocalUser | Where-Object { $_.Enabled -and $_.SID.Value -notmatch $builtIn -and $_.Name -ne $In.name } | ForEach-Object { $_.Name })
$user = $null
if ($In.name) { $user = Get-LocalUser -Name $In.name -ErrorAction SilentlyContinue }

function Get-Profile { return Get-CimInstance -ClassName Win32_UserProfile -Filter "SID = '$($user.SID.Value)'" }

# Ends the sessions of the account; logoff.exe is not in every edition, the function behind it is.
function Close-Session {
  $signature = '[DllImport("wtsapi32.dll", SetLastError = true)] public static extern bool WTSLogoffSession(IntPtr server, int session, bool wait);'
  $terminal = Add-Type -MemberDefinition $signature -Name 'Terminal' -Namespace 'Etabli' -PassThru
  $sessions = @(Get-CimInstance -ClassName Win32_Process -Filter 'SessionId > 0' | Where-Object {
    (Invoke-CimMethod -InputObject $_ -MethodName GetOwnerSid -ErrorAction SilentlyContinue).Sid -eq $user.SID.Value
  } | ForEach-Object { [int]$_.SessionId } | Select-Object -Unique)
  foreach ($session in $sessions) { $null = $terminal::WTSLogoffSession([IntPtr]::Zero, $session, $true) }
  for ($second = 0; $second -lt 60 -and (Get-Profile).Loaded; $second++) { Start-Sleep -Seconds 1 }
}

function Remove-Account {
  if ((Get-Profile).Loaded) { Close-Session }
  $kept = Get-Profile
  if ($null -ne $kept) {
    if ($kept.Loaded) { return 'in-use' }
    # Removes the folder and its entry in the registry, which a folder deleted by hand would leave.
    Remove-CimInstance -InputObject $kept
  }
  Remove-LocalUser -SID $user.SID
  return 'removed'
}

$state = 'absent'
if ($null -ne $user -and $In.task -eq 'remove') { $state = Remove-Account }
if ($null -ne $user -and $In.task -eq 'open') {
  Set-LocalUser -SID $user.SID -Password (New-Object System.Security.SecureString) -PasswordNeverExpires $true
  $state = 'open'
}
Send-Result @{ state = $state; others = $others }
