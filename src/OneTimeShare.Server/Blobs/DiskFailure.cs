using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>What the file system's failures mean to a store's caller. Its messages quote paths; ours do not.</summary>
internal static class DiskFailure
{
    // .NET passes these on as it got them.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Another process has the file open.</summary>
    public static bool IsLock(IOException failure) =>
        failure.HResult is WouldBlock or WouldBlockOnMac or SharingViolation;

    public static bool IsOne(Exception failure) => failure is IOException or UnauthorizedAccessException;

    public static Exception ToStoreException(Exception failure) => failure.HResult is NoSpace or QuotaExceeded
        ? new StorageFullException($"There is no room left in the blob folder (error {NumberOf(failure)}).", failure)
        : new StoreUnavailableException(
            $"The blob folder cannot be read or written (error {NumberOf(failure)}).", failure);

    /// <summary>As the system has it: a refused access is another type, which has it inside.</summary>
    private static int NumberOf(Exception failure) => (failure.InnerException ?? failure).HResult & 0xFFFF;

    public static void Guard(Action act) => Guard(() =>
    {
        act();
        return true;
    });

    public static T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception failure) when (IsOne(failure))
        {
            throw ToStoreException(failure);
        }
    }
}
