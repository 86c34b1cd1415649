using System.Net;
using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>What the driver's failures mean to a store's caller. The messages are ours: the driver's quote.</summary>
internal static class RedisFailure
{
    public static bool IsRedis(Exception failure) =>
        failure is RedisException or TimeoutException or RedisCommandException or ObjectDisposedException;

    public static Exception ToStoreException(Exception failure, string whereUnreachable) => failure switch
    {
        RedisServerException server => ToStoreException(server),
        TimeoutException => new StoreUnavailableException("Redis does not answer in time."),
        ObjectDisposedException => new StoreUnavailableException("The store is closed."),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } =>
            new StoreUnavailableException("Redis refuses the user or the password of OTS_REDIS."),
        _ => new StoreUnavailableException($"{whereUnreachable}."),
    };

    /// <summary>An endpoint as people write it.</summary>
    public static string NameOf(EndPoint endPoint) => endPoint switch
    {
        DnsEndPoint host => $"{host.Host}:{host.Port}",
        _ => $"{endPoint}",
    };

    private static Exception ToStoreException(RedisServerException failure)
    {
        // Redis 6 wraps the words of what a script ran into.
        if (failure.Kind == RedisErrorKind.OutOfMemory
            || failure.Message.Contains("OOM command not allowed", StringComparison.Ordinal))
            return new StorageFullException("Redis is full: it has reached its maxmemory.");
        return new StoreUnavailableException(failure.Kind switch
        {
            RedisErrorKind.Loading => "Redis is still loading its data.",
            RedisErrorKind.ReadOnly => "Redis is a replica, and takes no writes.",
            RedisErrorKind.MasterDown => "Redis is a replica that has lost its master.",
            RedisErrorKind.ClusterDown => "The Redis cluster is down: part of its slots has no master.",
            RedisErrorKind.Misconfigured => "Redis cannot write to its disk, and takes no writes.",
            RedisErrorKind.NoReplicas => "Redis has fewer replicas than it wants for a write.",
            RedisErrorKind.NoAuth or RedisErrorKind.WrongPass =>
                "Redis refuses the user or the password of OTS_REDIS.",
            RedisErrorKind.NoPermission => "Redis does not allow this user what the store needs: keys and scripting.",
            _ => $"Redis refuses a command ({failure.Kind}).",
        });
    }
}
