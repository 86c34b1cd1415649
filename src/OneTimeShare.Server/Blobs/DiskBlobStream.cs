using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Server.Blobs;

/// <summary>A part of a blob, read without a copy in between. Deleting the blob does not disturb it.</summary>
internal sealed class DiskBlobStream : BlobStream
{
    private readonly SafeFileHandle _file;
    private long _offset;
    private long _left;

    private DiskBlobStream(SafeFileHandle file, long offset, long length)
    {
        _file = file;
        _offset = offset;
        _left = length;
    }

    /// <summary>Null where there is no such blob, or where it has been cut short.</summary>
    public static DiskBlobStream? TryOpen(string path, long offset, long length)
    {
        SafeFileHandle? file = null;
        try
        {
            const FileShare share = FileShare.Read | FileShare.Delete;
            const FileOptions options = FileOptions.Asynchronous | FileOptions.RandomAccess;
            file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, share, options);
            if (RandomAccess.GetLength(file) >= offset + length)
                return new DiskBlobStream(file, offset, length);
            file.Dispose();
            return null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            file?.Dispose();
            throw DiskFailure.ToStoreException(failure);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var next = buffer[..(int)Math.Min(buffer.Length, _left)];
            return Advance(await RandomAccess.ReadAsync(_file, next, _offset, cancellationToken));
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw DiskFailure.ToStoreException(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }

    private int Advance(int read)
    {
        _offset += read;
        _left -= read;
        return read;
    }
}
