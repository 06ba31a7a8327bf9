/* The program of Windows: loads the Python that lies beside it and runs charte_desktop, with the arguments as given.
 *
 * Built twice: for the window (-mwindows) and for the command line (-mconsole).
 * SetDefaultDllDirectories is not called: PySide6 finds the libraries of its plug-ins through PATH, and would lose SVG.
 */
#include <windows.h>
#include <shellapi.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768
#define OURS 6

typedef int(__cdecl *PyMain)(int, wchar_t **);

static int broken(void)
{
    const wchar_t *sentence =
        L"L'installation est endommag\u00e9e : relancez l'installateur de Charte Desktop. Vos donn\u00e9es sont intactes.";
#ifdef WINDOW
    MessageBoxW(NULL, sentence, L"Charte Desktop", MB_ICONERROR | MB_OK);
#else
    DWORD written;
    WriteConsoleW(GetStdHandle(STD_ERROR_HANDLE), sentence, (DWORD)wcslen(sentence), &written, NULL);
#endif
    return 3;
}

static int run(void)
{
    static wchar_t library[LONGEST + 64];
    DWORD length = GetModuleFileNameW(NULL, library, LONGEST);
    if (length == 0 || length >= LONGEST)
        return broken();
    wchar_t *name = wcsrchr(library, L'\\');
    if (name == NULL)
        return broken();
    wcscpy(name, L"\\runtime\\python311.dll");

    SetDllDirectoryW(L""); /* the current folder may be anybody's */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32);
    PyMain main_of_python = python ? (PyMain)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (main_of_python == NULL)
        return broken();

    int count = 0;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    if (given == NULL || count < 1)
        return broken();
    wchar_t **all = calloc((size_t)count + OURS, sizeof *all);
    if (all == NULL)
        return broken();
    int used = 0;
    all[used++] = given[0];
    all[used++] = L"-X";
    all[used++] = L"utf8";
    all[used++] = L"-B"; /* nothing is written beside what was installed: the uninstaller would leave it */
    all[used++] = L"-m";
    all[used++] = L"charte_desktop";
    for (int i = 1; i < count; i++)
        all[used++] = given[i];
    return main_of_python(used, all);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR line, int show)
{
    (void)instance, (void)before, (void)line, (void)show;
    return run();
}
#else
int wmain(void)
{
    return run();
}
#endif
