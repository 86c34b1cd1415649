using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>A script's answer: a list, or nil.</summary>
internal readonly struct RedisReply(RedisResult result)
{
    private readonly RedisResult[]? _parts = result.IsNull ? null : (RedisResult[]?)result;

    public bool IsNil => _parts is null;

    /// <summary>What most answers begin with.</summary>
    public string Outcome => Text(0);

    public string Text(int part) => (string)_parts![part]!;

    public long Number(int part) => (long)_parts![part];

    public byte[]? Bytes(int part) => (byte[]?)_parts![part];

    public bool Flag(int part) => Number(part) != 0;

    public DateTimeOffset Time(int part) => DateTimeOffset.FromUnixTimeMilliseconds(Number(part));

    public DateTimeOffset? TimeOrNull(int part) => _parts![part].IsNull ? null : Time(part);

    public Ending Ending(int state) => new(State(state), Time(state + 1));

    public ShareState State(int part) => StoredState.Read(Text(part));

    /// <summary>What Redis should have for as long as a share is live.</summary>
    public byte[] Content(int part) => Bytes(part)
        ?? throw new StoreUnavailableException("Redis has a live share without its content.");

    public static InvalidOperationException NoOutcome(string script, string other) =>
        new($"The script {script} has no outcome '{other}'.");
}
