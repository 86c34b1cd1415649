namespace OneTimeShare.Server.Tests.Stores;

/// <summary>A data folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ots-test-").FullName;

    /// <summary>Whether the bytes are in any file of the folder, whatever the file is for.</summary>
    public bool Holds(ReadOnlySpan<byte> bytes)
    {
        foreach (string file in Directory.GetFiles(Path, "*", SearchOption.AllDirectories))
        {
            if (Read(file).AsSpan().IndexOf(bytes) >= 0)
                return true;
        }

        return false;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    // Whoever has it open may be writing to it.
    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
