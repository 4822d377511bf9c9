# Runs sysprep in the session of a signed-in administrator, $In.name or the built-in one, as if he had started it: a task of
# his that is allowed only while he is signed in. Never as SYSTEM (Microsoft, "Fix black screen after running Sysprep as
# system"). Ends with its exit code.
$name = $In.name
if (-not $name) {
  $name = (Get-LocalUser | Where-Object { $_.SID.Value -match '^S-1-5-21-.*-500$' } | Select-Object -First 1).Name
}
$task = 'EtabliSysprep'
# SCHED_S_TASK_HAS_NOT_RUN (winerror.h): nobody was signed in.
$neverRan = 0x00041303

# In audit mode a window of sysprep stands open at every logon, and only one sysprep runs at a time.
Get-Process -Name 'sysprep' -ErrorAction SilentlyContinue | Stop-Process -Force

$action = New-ScheduledTaskAction -Execute "$env:SystemRoot\System32\Sysprep\sysprep.exe" -Argument $In.arguments
$principal = New-ScheduledTaskPrincipal -UserId "$env:COMPUTERNAME\$name" -LogonType Interactive -RunLevel Highest
$settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit ([TimeSpan]::Zero)
$null = Register-ScheduledTask -TaskName $task -Action $action -Principal $principal -Settings $settings -Force
try {
  Start-ScheduledTask -TaskName $task
  do {
    Start-Sleep -Seconds 2
    $state = [string](Get-ScheduledTask -TaskName $task).State
  } while ($state -eq 'Running' -or $state -eq 'Queued')
  $code = [double](Get-ScheduledTaskInfo -TaskName $task).LastTaskResult
  Send-Result @{ ran = ($code -ne $neverRan); code = $code }
} finally {
  Unregister-ScheduledTask -TaskName $task -Confirm:$false
}
