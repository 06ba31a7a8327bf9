; The Windows installer. In UTF-8; `unlist.nsh`, beside the folder that is packed, is generated: it names, deepest first,
; each file and folder that the uninstaller may remove, and nothing else is ever removed.
;
; Given by the build: VERSION, SOURCE (the folder to pack), UNLIST, OUTPUT, ICON, PICTURE, and SIGN when files are signed.
; Error levels: 10 Windows too old, 32 the program is open, 33 the version before could not be removed.
Target amd64-unicode
Unicode true

!define APP "Charte Desktop"
!define PUBLISHER "CCI Île de la Réunion"
!define KEY "Software\Charte Desktop"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Charte Desktop"
!define KIND "CharteDesktop.Echange"
!ifndef OLDEST
  !define OLDEST 18362
!endif

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include WinVer.nsh

Name "${APP}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
!ifdef FAST
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
SetDateSave off
CRCCheck force
BrandingText "${APP} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1036 ProductName "${APP}"
VIAddVersionKey /LANG=1036 CompanyName "${PUBLISHER}"
VIAddVersionKey /LANG=1036 FileDescription "Installation de ${APP}"
VIAddVersionKey /LANG=1036 FileVersion "${VERSION}"
VIAddVersionKey /LANG=1036 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=1036 LegalCopyright "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "${APP} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Le registre de la charte, sur ce poste, sans réseau.$\r$\n$\r$\nL'installation est faite pour vous seul et ne demande pas de droits d'administrateur. Une version déjà installée est remplacée ; vos données ne sont jamais touchées."
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\charte-desktop-window.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Ouvrir ${APP}"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "French"

!ifdef SIGN
  !finalize '${SIGN} "%1"'
  !uninstfinalize '${SIGN} "%1"'
!endif

; A program that runs holds its files: one that cannot be opened for writing is in use.
!macro RefuseInUse file
  ${If} ${FileExists} "${file}"
    ClearErrors
    FileOpen $0 "${file}" a
    ${If} ${Errors}
      StrCpy $R9 1
    ${Else}
      FileClose $0
    ${EndIf}
  ${EndIf}
!macroend

!macro NotRunning un
Function ${un}NotRunning
  again:
  StrCpy $R9 0
  !insertmacro RefuseInUse "$R8\charte-desktop-window.exe"
  !insertmacro RefuseInUse "$R8\charte-desktop.exe"
  !insertmacro RefuseInUse "$R8\runtime\python311.dll"
  ${If} $R9 = 1
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/WAIT" $2
    ${IfNot} ${Errors}
    ${AndIf} $R7 < 60
      IntOp $R7 $R7 + 1
      Sleep 500
      Goto again
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${APP} est ouvert. Fermez-le, puis réessayez." /SD IDCANCEL IDRETRY again
    SetErrorLevel 32
    Quit
  ${EndIf}
FunctionEnd
!macroend
!insertmacro NotRunning ""
!insertmacro NotRunning "un."

Function .onInit
  StrCpy $R7 0
  ${IfNot} ${AtLeastBuild} ${OLDEST}
    MessageBox MB_ICONSTOP "${APP} demande Windows 10 (version 1903 ou plus récente) ou Windows 11, en 64 bits." /SD IDOK
    SetErrorLevel 10
    Quit
  ${EndIf}
FunctionEnd

Function un.onInit
  StrCpy $R7 0
FunctionEnd

Section
  StrCpy $R8 "$INSTDIR"
  Call NotRunning
  ; The version before is removed by its own uninstaller: exactly the files that it brought.
  ReadRegStr $1 HKCU "${KEY}" "InstallDir"
  ${If} $1 != ""
  ${AndIf} ${FileExists} "$1\desinstaller.exe"
    StrCpy $R8 "$1"
    Push $1
    Call NotRunning
    Pop $1
    ExecWait '"$1\desinstaller.exe" /S /KEEPREG _?=$1' $2
    ${If} $2 <> 0
      DetailPrint "La version précédente n'a pas pu être retirée."
      SetErrorLevel 33
      Abort
    ${EndIf}
    Delete "$1\desinstaller.exe"
    ${If} $1 != $INSTDIR
      RMDir "$1"
    ${EndIf}
  ${EndIf}
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\desinstaller.exe"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "Version" "${VERSION}"
  File /r "${SOURCE}/*.*"
  CreateShortCut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\charte-desktop-window.exe"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $1
  ${If} ${Errors}
    CreateShortCut "$DESKTOP\${APP}.lnk" "$INSTDIR\charte-desktop-window.exe"
  ${EndIf}
  ; By OpenWithProgids alone: what the user chose to open such files with is never taken over.
  WriteRegStr HKCU "Software\Classes\.charte\OpenWithProgids" "${KIND}" ""
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "Fichier Charte Desktop"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\charte-desktop-window.exe,0"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\charte-desktop-window.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${APP}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\charte-desktop-window.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\desinstaller.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\desinstaller.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
  ${RefreshShellIcons}
  ; Asked for by the program when it updates itself: it is there again once it is replaced.
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/REOPEN" $1
  ${IfNot} ${Errors}
    Exec '"$INSTDIR\charte-desktop-window.exe"'
  ${EndIf}
SectionEnd

Section "Uninstall"
  StrCpy $R8 "$INSTDIR"
  Call un.NotRunning
  !include "${UNLIST}"
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/KEEPREG" $1
  ${If} ${Errors}
    Delete "$SMPROGRAMS\${APP}.lnk"
    Delete "$DESKTOP\${APP}.lnk"
    DeleteRegValue HKCU "Software\Classes\.charte\OpenWithProgids" "${KIND}"
    DeleteRegKey /ifempty HKCU "Software\Classes\.charte\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "Software\Classes\.charte"
    DeleteRegKey HKCU "Software\Classes\${KIND}"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "${KEY}"
    Delete "$INSTDIR\desinstaller.exe"
    ${RefreshShellIcons}
  ${EndIf}
  RMDir "$INSTDIR"
SectionEnd
