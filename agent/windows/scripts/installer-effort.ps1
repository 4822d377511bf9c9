# What an installer has used so far: its own process, all that came of it, and Windows Installer's processes, which do
# the work of an MSI outside of it. Win32_Process counts time in steps of 100 ns.
# $In.pid: the installer's process, or null. It may have ended while what it started goes on: then its children are found
# by the number of a parent that is no more.
$all = @(Get-CimInstance -ClassName Win32_Process -Property 'ProcessId', 'ParentProcessId', 'Name', 'KernelModeTime', 'UserModeTime', 'WriteTransferCount')
$counted = @{}
$next = @($all | Where-Object { $_.Name -eq 'msiexec.exe' -or ($In.pid -and ($_.ProcessId -eq $In.pid -or $_.ParentProcessId -eq $In.pid)) })
while ($next.Count -gt 0) {
  $parents = @{}
  foreach ($process in $next) {
    $counted[[string]$process.ProcessId] = $process
    $parents[[string]$process.ProcessId] = $true
  }
  $next = @($all | Where-Object { $parents[[string]$_.ParentProcessId] -and -not $counted[[string]$_.ProcessId] })
}
$time = 0.0
$written = 0.0
foreach ($process in $counted.Values) {
  $time += [double]$process.KernelModeTime + [double]$process.UserModeTime
  $written += [double]$process.WriteTransferCount
}
Send-Result @{ cpuSeconds = $time / 1e7; writtenBytes = $written }
