namespace OneTimeShare.Benchmarks.Loads;

/// <summary>What disk and kernel do alone: one file read, another written and fsynced, without a server.</summary>
internal sealed class PlainCopy(string folder, long length) : ITransfer
{
    private const int PieceLength = 256 * 1024;

    private readonly string _source = Path.Combine(folder, "source");
    private readonly string _copy = Path.Combine(folder, "copy");

    public Task PrepareAsync() => LargeContent.WriteFileAsync(_source, length);

    public Task UploadAsync() => Task.Run(() =>
    {
        using var source = File.OpenHandle(_source);
        using var copy = File.OpenHandle(_copy, FileMode.Create, FileAccess.Write);
        var piece = new byte[PieceLength];
        long copied = 0;
        while (RandomAccess.Read(source, piece, copied) is var read and > 0)
        {
            RandomAccess.Write(copy, piece.AsSpan(0, read), copied);
            copied += read;
        }
        RandomAccess.FlushToDisk(copy);
    });

    public Task DownloadAsync() => Task.Run(() =>
    {
        using var copy = File.OpenHandle(_copy);
        var piece = new byte[PieceLength];
        var content = new LargeContent();
        long taken = 0;
        while (RandomAccess.Read(copy, piece, taken) is var read and > 0)
        {
            content.Take(piece.AsMemory(0, read));
            taken += read;
        }
        content.ThrowIfNot(length);
    });

    public Task EndAsync()
    {
        File.Delete(_copy);
        return Task.CompletedTask;
    }
}
