namespace OneTimeShare.Server.Tests.Processes;

/// <summary>The files that a process could write to: named, deleted or never named.</summary>
internal static class OpenFiles
{
    private const int AccessMode = 0x3;

    /// <summary>Each with the path that it has, or had, and its bytes; nothing once the process has ended.</summary>
    public static IEnumerable<(string Target, byte[] Bytes)> Of(ServerProcess server)
    {
        string folder = $"/proc/{server.Id}/fd";
        if (!Directory.Exists(folder))
            yield break;
        foreach (string descriptor in Directory.GetFileSystemEntries(folder))
        {
            // Sockets, pipes and the like have no path; memory that the runtime maps twice for its own code is no file.
            if (new FileInfo(descriptor).LinkTarget is not ['/', ..] target
                || IsNoFile(target) || !MayWrite(descriptor))
                continue;
            // By the descriptor and not by the path, which a deleted file has no more.
            if (DataFolder.TryRead(descriptor) is { } bytes)
                yield return (target, bytes);
        }
    }

    private static bool IsNoFile(string target) =>
        target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/memfd:", StringComparison.Ordinal);

    private static bool MayWrite(string descriptor)
    {
        try
        {
            string flags = File.ReadLines(descriptor.Replace("/fd/", "/fdinfo/", StringComparison.Ordinal))
                .Single(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt32(flags[6..].Trim(), 8) & AccessMode) != 0;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return false; // closed since
        }
    }
}
