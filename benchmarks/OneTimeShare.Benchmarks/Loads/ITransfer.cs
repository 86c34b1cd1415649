namespace OneTimeShare.Benchmarks.Loads;

/// <summary>One large body to a server and back; whoever downloads compares every byte.</summary>
internal interface ITransfer
{
    Task UploadAsync();

    /// <summary>As often as one likes until <see cref="EndAsync"/>.</summary>
    Task DownloadAsync();

    /// <summary>Frees the disk.</summary>
    Task EndAsync();
}
