using System.Diagnostics;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>A disk in memory that is soon full. Skips its test where nobody may mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root mounts a disk.");
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700", "tmpfs", Path));
    }

    public string Path => _folder.Path;

    public void Dispose()
    {
        // Lazily: the store on it may be closed after this.
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
