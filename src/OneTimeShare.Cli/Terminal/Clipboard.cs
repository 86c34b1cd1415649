using System.ComponentModel;
using System.Diagnostics;

namespace OneTimeShare.Cli.Terminal;

/// <summary>Gives a text to the program that keeps this machine's clipboard, by its standard input.</summary>
internal static class Clipboard
{
    public static async Task<bool> TryCopyAsync(string text, CancellationToken cancellationToken)
    {
        foreach (string[] command in Commands())
        {
            if (await TryRunAsync(command, text, cancellationToken))
                return true;
        }
        return false;
    }

    private static IEnumerable<string[]> Commands()
    {
        if (OperatingSystem.IsWindows())
            yield return ["clip.exe"];
        if (OperatingSystem.IsMacOS())
            yield return ["pbcopy"];
        if (Surroundings.HasWayland)
            yield return ["wl-copy"];
        if (Surroundings.HasX)
        {
            yield return ["xclip", "-selection", "clipboard"];
            yield return ["xsel", "--clipboard", "--input"];
        }
    }

    private static async Task<bool> TryRunAsync(string[] command, string text, CancellationToken cancellationToken)
    {
        try
        {
            // Not with this program's own output: who serves a clipboard stays, and a reader of that would wait for it.
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0;
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            return false; // it is not there, or it would not take it
        }
    }
}
