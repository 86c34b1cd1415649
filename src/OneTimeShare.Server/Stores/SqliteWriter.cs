using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// One thread that writes for everybody: what has queued up becomes one transaction, so that many callers share the
/// price of one fsync. Nobody is answered before the commit.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int QueueLimit = 4096;
    private const int BatchLimit = 512;

    private readonly Channel<SqliteQueuedAct> _queue =
        Channel.CreateBounded<SqliteQueuedAct>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    private readonly Func<SqliteActs> _open;
    private readonly Thread _thread;
    private SqliteActs? _acts;

    /// <summary>Opens the database at once, so that what is wrong with it is said at the start.</summary>
    public SqliteWriter(SqliteDatabase database, ShareOptions options, TimeProvider time)
    {
        _open = () => new SqliteActs(database.OpenForWriting(), options, time);
        try
        {
            _acts = _open();
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.ToStoreException(failure);
        }

        _thread = new Thread(WriteUntilDisposed) { IsBackground = true, Name = "shares.db writer" };
        _thread.Start();
    }

    public async Task<T> RunAsync<T>(Func<SqliteActs, T> act, CancellationToken cancellationToken)
    {
        var queued = new SqliteQueuedAct<T>(act, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(queued, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new StoreUnavailableException("The store is closed.");
        }

        return await queued.Answered;
    }

    /// <summary>Writes what is queued, and ends the thread.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _thread.Join();
    }

    private void WriteUntilDisposed()
    {
        var batch = new List<SqliteQueuedAct>(BatchLimit);
        bool alone = false;
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Gather(batch, alone);
            Write(CollectionsMarshal.AsSpan(batch));
            alone = batch.Count == 1;
            batch.Clear();
        }

        _acts?.Dispose();
    }

    // The callers of the group before come back together, and the first of them would have an fsync to itself: it is
    // held for as long as others arrive. Where nobody shared the group before, nobody is waited for: a thread that
    // yields to busy ones may be gone for milliseconds.
    private void Gather(List<SqliteQueuedAct> batch, bool alone)
    {
        int gathered;
        do
        {
            gathered = batch.Count;
            while (batch.Count < BatchLimit && _queue.Reader.TryRead(out var act))
            {
                if (act.TryBegin())
                    batch.Add(act);
            }

            if (alone && batch.Count == 1)
                return;
            Thread.Yield();
        }
        while (batch.Count > gathered && batch.Count < BatchLimit);
    }

    private void Write(ReadOnlySpan<SqliteQueuedAct> batch)
    {
        var failure = TryCommit(batch, out bool begun);
        if (failure is not null && begun && batch.Length > 1)
        {
            WriteEachAlone(batch);
            return;
        }

        AnswerAll([.. batch], failure);
    }

    // To wake a thread for each of them would cost the writer as much as the writing.
    private static void AnswerAll(SqliteQueuedAct[] batch, Exception? failure) => ThreadPool.UnsafeQueueUserWorkItem(
        answered =>
        {
            foreach (var act in answered)
                Answer(act, failure);
        },
        batch,
        preferLocal: false);

    // One of them does not fit, or is at fault: that one fails, and takes no other with it.
    private void WriteEachAlone(ReadOnlySpan<SqliteQueuedAct> batch)
    {
        Exception? failure = null;
        bool begun = true;
        foreach (var act in batch)
        {
            // Where not even a transaction begins, each of them waits as long as one may: not all of them in a row.
            if (begun)
                failure = TryCommit([act], out begun);
            Answer(act, failure);
        }
    }

    private Exception? TryCommit(ReadOnlySpan<SqliteQueuedAct> batch, out bool begun)
    {
        begun = false;
        try
        {
            _acts ??= _open();
            _acts.Begin();
            begun = true;
            foreach (var act in batch)
                act.Run(_acts);
            _acts.Commit();
            return null;
        }
        catch (Exception failure)
        {
            RollBack(failure);
            return failure is SqliteException sqlite ? SqliteFailure.ToStoreException(sqlite) : failure;
        }
    }

    private void RollBack(Exception failure)
    {
        try
        {
            _acts?.RollBack();
            if (failure is not SqliteException sqlite || SqliteFailure.SparesConnection(sqlite))
                return;
        }
        catch (SqliteException)
        {
            // Closing the connection rolls back, too.
        }

        _acts?.Dispose();
        _acts = null;
    }

    private static void Answer(SqliteQueuedAct act, Exception? failure)
    {
        if (failure is null)
            act.Complete();
        else
            act.Fail(failure);
    }
}
