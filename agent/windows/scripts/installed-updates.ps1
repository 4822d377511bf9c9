# KB numbers of what is installed: DISM's package names have none for a cumulative update (Package_for_RollupFix), this
# class has them (Microsoft, "Win32_QuickFixEngineering class").
$kbs = @(
  Get-CimInstance -ClassName Win32_QuickFixEngineering |
    ForEach-Object { [string]$_.HotFixID } |
    Where-Object { $_ -like 'KB*' }
)
Send-Result @{ kbs = $kbs }
