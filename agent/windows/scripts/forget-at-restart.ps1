# Has Windows delete $In.paths at its next start, files before the folder that holds them: a folder goes only when it is
# empty (Microsoft, "MoveFileExW function", MOVEFILE_DELAY_UNTIL_REBOOT). The list survives a cut of the power.
$signature = '[DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)] public static extern bool MoveFileEx(string existing, string replacement, int flags);'
$files = Add-Type -MemberDefinition $signature -Name 'Files' -Namespace 'Etabli' -PassThru
$delayUntilReboot = 4
$refused = @(foreach ($path in @($In.paths)) {
  if (-not $files::MoveFileEx($path, [NullString]::Value, $delayUntilReboot)) { [string]$path }
})
Send-Result @{ refused = $refused }
