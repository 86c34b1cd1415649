namespace OneTimeShare.Server.Tests.Stores;

/// <summary>A data folder for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ots-test-").FullName;

    /// <summary>The bytes of all files in the folder, whatever the files are for.</summary>
    public byte[] ReadRaw() => [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).SelectMany(Read)];

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
