@echo off
rem Double-click to start AEDesk. The first start installs it, which takes minutes.
rem A file dropped on this one is opened: everything after the name goes to launch.py.
setlocal
set "LAUNCH=%~dp0..\launch.py"
set "PYTHON="
for %%P in ("py -3" "python" "python3" "py -3.13" "py -3.12" "py -3.11") do (
    if not defined PYTHON (
        %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=%%~P"
    )
)
if not defined PYTHON (
    echo AEDesk needs Python 3.11 or newer, and none was found.
    echo Install it from https://www.python.org/downloads/ and double-click this file again.
    goto failed
)
%PYTHON% "%LAUNCH%" %*
if not "%ERRORLEVEL%"=="0" goto failed
exit /b 0

:failed
echo.
echo AEDesk has ended with an error. Press a key to close this window.
pause >nul
exit /b 1
