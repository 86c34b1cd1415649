using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>A few connections for reading, beside the writer and never in its way.</summary>
internal sealed class SqliteReaders(SqliteDatabase database, ShareOptions options, TimeProvider time) : IDisposable
{
    private const int Limit = 4;

    private readonly SemaphoreSlim _free = new(Limit);
    private readonly ConcurrentBag<SqliteReads> _idle = [];

    public async Task<T> ReadAsync<T>(Func<SqliteReads, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return Read(read);
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.ToStoreException(failure);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the reads under way.</summary>
    public void Dispose()
    {
        for (int taken = 0; taken < Limit; taken++)
            _free.Wait();
        foreach (var reads in _idle)
            reads.Dispose();
        _free.Dispose();
    }

    private T Read<T>(Func<SqliteReads, T> read)
    {
        if (_idle.TryTake(out var reads))
        {
            try
            {
                return Read(reads, read);
            }
            catch (SqliteException failure) when (!SqliteFailure.SparesConnection(failure))
            {
                // It may be the connection that is broken, from before the outside world has healed: a new one tells.
            }
        }

        return Read(new SqliteReads(database.OpenForReading(), options, time), read);
    }

    private T Read<T>(SqliteReads reads, Func<SqliteReads, T> read)
    {
        try
        {
            var answer = read(reads);
            _idle.Add(reads);
            return answer;
        }
        catch
        {
            reads.Dispose();
            throw;
        }
    }
}
