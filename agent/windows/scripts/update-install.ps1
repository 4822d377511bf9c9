# Downloads and installs the updates of $In.updates (id and revision), one behind the other, so that each has a result of
# its own and the next goes on whatever became of it. Everything is told as it happens: should this script be ended in
# the middle, what was told is what is known. Progress is told when it changes, and only then: a program that says
# nothing, while Windows writes nothing, is taken for one that hangs.
$script:told = ''

function Get-ErrorCode($ErrorRecord) {
  $exception = $ErrorRecord.Exception
  while ($null -ne $exception.InnerException) { $exception = $exception.InnerException }
  return [int]$exception.HResult
}

function Send-Change($What) {
  $text = ConvertTo-Json -InputObject $What -Compress
  if ($text -eq $script:told) { return }
  $script:told = $text
  Send-Progress $What
}

# What the agent refuses to tell or to do in this way goes on all the same: said once, since it is asked each second.
$refused = @{}
function Write-Refusal($What, $ErrorRecord) {
  if ($refused.ContainsKey($What)) { return }
  $refused[$What] = $true
  [Console]::Out.WriteLine(('{0} was refused: 0x{1:X8} {2}' -f $What, (Get-ErrorCode $ErrorRecord), $ErrorRecord.Exception.Message))
}

# Every update that is offered, by id and revision: first from what the last search has left on the disk, then anew.
function Find-Updates($Session, [bool]$Online) {
  $searcher = $Session.CreateUpdateSearcher()
  $searcher.Online = $Online
  $offered = @{}
  $criteria = 'IsInstalled=0 and IsHidden=0'
  foreach ($asked in @($criteria, "$criteria and DeploymentAction='OptionalInstallation'")) {
    try {
      foreach ($update in $searcher.Search($asked).Updates) {
        $key = '{0}.{1}' -f $update.Identity.UpdateID.ToLowerInvariant(), $update.Identity.RevisionNumber
        $offered[$key] = $update
      }
    } catch {
      [Console]::Out.WriteLine(('search for installation: 0x{0:X8} {1}' -f (Get-ErrorCode $_), $_.Exception.Message))
    }
  }
  return $offered
}

# The asynchronous calls want objects to call back, and refuse $null. PowerShell can make none that has their interface,
# but the agent takes any object and tells it nothing; what happens is asked of the job. Where even that is refused,
# the plain call does the same without progress.
$nobody = New-Object -TypeName System.Object

function Invoke-Download($Session, $Updates, $Place) {
  $downloader = $Session.CreateUpdateDownloader()
  $downloader.Updates = $Updates
  # dpHigh: nobody works at this machine.
  $downloader.Priority = 3
  $job = $null
  try { $job = $downloader.BeginDownload($nobody, $nobody, $null) } catch { Write-Refusal 'BeginDownload' $_ }
  if ($null -eq $job) { return $downloader.Download() }
  while (-not $job.IsCompleted) {
    try {
      $progress = $job.GetProgress()
      Send-Change ($Place + @{
          event      = 'download'
          percent    = [int]$progress.PercentComplete
          bytesDone  = [int64]$progress.TotalBytesDownloaded
          bytesTotal = [int64]$progress.TotalBytesToDownload
        })
    } catch { Write-Refusal 'download GetProgress' $_ }
    Start-Sleep -Milliseconds 1000
  }
  $result = $downloader.EndDownload($job)
  $null = $job.CleanUp()
  return $result
}

function Invoke-Install($Installer, $Place) {
  $job = $null
  try { $job = $Installer.BeginInstall($nobody, $nobody, $null) } catch { Write-Refusal 'BeginInstall' $_ }
  if ($null -eq $job) { return $Installer.Install() }
  while (-not $job.IsCompleted) {
    try {
      Send-Change ($Place + @{ event = 'install'; percent = [int]$job.GetProgress().PercentComplete })
    } catch { Write-Refusal 'install GetProgress' $_ }
    Start-Sleep -Milliseconds 1000
  }
  $result = $Installer.EndInstall($job)
  $null = $job.CleanUp()
  return $result
}

# OperationResultCode: 2 succeeded, 3 succeeded with errors, 4 failed, 5 aborted.
function Install-Update($Session, $Update, $Place) {
  $one = New-Object -ComObject Microsoft.Update.UpdateColl
  $null = $one.Add($Update)
  if (-not $Update.EulaAccepted) { $null = $Update.AcceptEula() }
  if (-not $Update.IsDownloaded) {
    Send-Change ($Place + @{ event = 'download'; percent = 0; bytesDone = 0; bytesTotal = 0 })
    $downloaded = Invoke-Download $Session $one $Place
    $code = [int]$downloaded.ResultCode
    if ($code -ne 2 -and $code -ne 3) {
      $hresult = [int]$downloaded.GetUpdateResult(0).HResult
      if ($hresult -eq 0) { $hresult = [int]$downloaded.HResult }
      return @{ outcome = 'failed'; hresult = $hresult; restart = $false }
    }
  }
  $installer = $Session.CreateUpdateInstaller()
  $installer.AllowSourcePrompts = $false
  $installer.ForceQuiet = $true
  $installer.Updates = $one
  while ($installer.IsBusy) {
    Send-Change ($Place + @{ event = 'busy' })
    Start-Sleep -Seconds 5
  }
  if ($installer.RebootRequiredBeforeInstallation) {
    return @{ outcome = 'restart-first'; hresult = 0; restart = $true }
  }
  Send-Change ($Place + @{ event = 'install'; percent = 0 })
  $installed = Invoke-Install $installer $Place
  $result = $installed.GetUpdateResult(0)
  $code = [int]$result.ResultCode
  if ($code -eq 2 -or $code -eq 3) {
    return @{ outcome = 'installed'; hresult = [int]$result.HResult; restart = [bool]$result.RebootRequired }
  }
  $hresult = [int]$result.HResult
  if ($hresult -eq 0) { $hresult = [int]$installed.HResult }
  return @{ outcome = 'failed'; hresult = $hresult; restart = [bool]$result.RebootRequired }
}

$wanted = @($In.updates)
$session = New-Object -ComObject Microsoft.Update.Session
$session.ClientApplicationID = 'Etabli'
$offered = Find-Updates $session $false
foreach ($one in $wanted) {
  if (-not $offered.ContainsKey([string]$one.key)) {
    $offered = Find-Updates $session $true
    break
  }
}

$restart = $false
$index = 0
foreach ($one in $wanted) {
  $index += 1
  $place = @{ key = [string]$one.key; index = $index; of = $wanted.Count }
  $end = @{ outcome = 'gone'; hresult = 0; restart = $false }
  if ($offered.ContainsKey([string]$one.key)) {
    try {
      $end = Install-Update $session $offered[[string]$one.key] $place
    } catch {
      $code = Get-ErrorCode $_
      [Console]::Out.WriteLine(('0x{0:X8} {1}' -f $code, $_.Exception.Message))
      $end = @{ outcome = 'failed'; hresult = $code; restart = $false }
    }
  }
  Send-Progress ($place + @{ event = 'end' } + $end)
  if ($end.restart) { $restart = $true }
  # Windows takes nothing more before it was restarted.
  if ($end.outcome -eq 'restart-first') { break }
}
Send-Result @{ restart = $restart }
