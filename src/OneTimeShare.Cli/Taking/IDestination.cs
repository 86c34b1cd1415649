namespace OneTimeShare.Cli.Taking;

/// <summary>Where what is taken goes.</summary>
internal interface IDestination : IAsyncDisposable
{
    /// <summary>The folder, where it is one.</summary>
    string? Folder { get; }

    /// <summary>Complains, before anything is taken, of all that would fail afterwards.</summary>
    void Check();

    /// <summary>How much of what was saved before is still there to go on from.</summary>
    long GoOnFrom(long saved);

    /// <summary>As a delivery asks for it.</summary>
    ValueTask<Stream> OpenAsync(int file, long from, CancellationToken cancellationToken);

    /// <summary>What was written is on the disk when this returns.</summary>
    void Flush();

    /// <summary>All is there and verified: puts it in its place.</summary>
    void Commit();

    /// <summary>Nothing of it is to stay.</summary>
    void Discard();
}
