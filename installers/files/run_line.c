/* For the checks in wine, never shipped: runs the command line that a UTF-8 file holds, as it stands, and waits.
 *
 * Installers want their last argument without quotes, be there blanks and accents in it; a shell would change that.
 */
#include <windows.h>
#include <stdio.h>

int wmain(int count, wchar_t **words)
{
    static char bytes[32768];
    static wchar_t line[32768];
    FILE *file = count > 1 ? _wfopen(words[1], L"rb") : NULL;
    if (file == NULL)
        return 90;
    size_t length = fread(bytes, 1, sizeof bytes - 1, file);
    fclose(file);
    bytes[length] = 0;
    MultiByteToWideChar(CP_UTF8, 0, bytes, -1, line, 32768);

    STARTUPINFOW start = {.cb = sizeof start};
    PROCESS_INFORMATION made;
    DWORD code = 91;
    if (!CreateProcessW(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &made))
        return 92;
    WaitForSingleObject(made.hProcess, INFINITE);
    GetExitCodeProcess(made.hProcess, &code);
    return (int)code;
}
