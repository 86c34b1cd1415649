namespace OneTimeShare.Server.Tests.Processes;

/// <summary>What lies in a data folder, seen from outside the server.</summary>
internal static class DataFolder
{
    /// <summary>The files of all blobs, those that are not complete too.</summary>
    public static string[] Blobs(string folder) => Directory.Exists(Path.Combine(folder, "blobs"))
        ? Directory.GetFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories) : [];

    /// <summary>How many bytes have come of blobs that are not complete.</summary>
    public static long PartLength(string folder) => Blobs(folder).Sum(Length);

    /// <summary>All regular files below a folder, with their bytes; one that goes meanwhile is not there.</summary>
    public static IEnumerable<(string Path, byte[] Bytes)> Read(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (TryRead(path) is { } bytes)
                yield return (path, bytes);
        }
    }

    /// <summary>Whoever has it open may be writing to it, or delete it.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            using var stream = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.Exists && path.EndsWith(".part", StringComparison.Ordinal) ? file.Length : 0;
    }
}
