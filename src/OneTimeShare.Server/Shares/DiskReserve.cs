namespace OneTimeShare.Server.Shares;

/// <summary>
/// Room on the disk that nothing new may take: claims, ends and the sweep write a little too, and on a disk filled to
/// its last byte nothing could be taken, burned or freed any more.
/// </summary>
internal sealed class DiskReserve(string folder)
{
    /// <summary>32 MiB, twice what SQLite's log grows to before it is brought into the database.</summary>
    private const long Bytes = 32 << 20;

    private DriveInfo? _drive;

    public bool IsReached()
    {
        try
        {
            _drive ??= new DriveInfo(Path.GetFullPath(folder));
            return _drive.AvailableFreeSpace < Bytes;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // where the system does not say, the writing itself will
        }
    }
}
