namespace OneTimeShare.Server.Stores;

/// <summary>An act that waits for the writer. It may be run more than once, and its last answer counts.</summary>
internal abstract class SqliteQueuedAct
{
    /// <summary>False where its caller has gone: it is not begun.</summary>
    public abstract bool TryBegin();

    public abstract void Run(SqliteActs acts);

    /// <summary>To be called once what it did is durable.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

internal sealed class SqliteQueuedAct<T>(Func<SqliteActs, T> act, CancellationToken cancellationToken) : SqliteQueuedAct
{
    // Callers go on on threads of their own: the writer has others to serve.
    private readonly TaskCompletionSource<T> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Answered => _answered.Task;

    public override bool TryBegin() =>
        !cancellationToken.IsCancellationRequested || !_answered.TrySetCanceled(cancellationToken);

    public override void Run(SqliteActs acts) => _answer = act(acts);

    public override void Complete() => _answered.SetResult(_answer!);

    public override void Fail(Exception failure) => _answered.SetException(failure);
}
