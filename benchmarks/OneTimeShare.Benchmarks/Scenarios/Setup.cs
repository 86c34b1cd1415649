namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>How much is measured, of which program, and where.</summary>
internal sealed record Setup(bool Full, bool Native, bool Huge, string Folder)
{
    public int RoundCount => Full ? 7 : 3;

    /// <summary>Of each turn of a load of small requests.</summary>
    public TimeSpan Turn => TimeSpan.FromSeconds(Full ? 10 : 3);

    /// <summary>Of one large transfer, in bytes.</summary>
    public long LargeLength => Full ? 1L << 30 : 256L << 20;

    /// <summary>Of each of many at once, in bytes.</summary>
    public long ConcurrentLength => Full ? 1L << 30 : 64L << 20;

    /// <summary>Of the one transfer of its kind, in bytes; 0 for none.</summary>
    public long HugeLength => Huge ? 4_000_000_000 : 0;

    public int ManyPending => Full ? 1_000_000 : 100_000;

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;

    /// <summary>Progress; the table is for standard output.</summary>
    public static void Say(string line) => Console.Error.WriteLine(line);
}
