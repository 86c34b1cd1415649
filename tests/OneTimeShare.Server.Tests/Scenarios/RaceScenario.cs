using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Redis;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

public sealed class RaceScenario
{
    private const int Callers = 50;

    [Theory]
    [InlineData(2, 300)]
    [InlineData(2, 200_000)]
    [InlineData(4, 300)]
    [InlineData(4, 200_000)]
    public async Task Of_fifty_callers_at_all_instances_exactly_one_reads_it(int instances, int length)
    {
        using var redis = OwnRedis.Gated();
        await using var servers = await Instances.StartAsync(instances, redis.Process.Address);
        for (int round = 0; round < Rounds.Or(5); round++)
        {
            var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(length));
            string id = await servers[round].CreateAsync(secret);
            var taken = await Takers.RaceAsync(Enumerable.Range(0, Callers).Select(
                Func<Task<(HeldBackContent, Task<Taken>)>> (caller) =>
                    () => Takers.ByApiAsync(servers[caller], id, secret)));
            Assert.Equal(Callers - 1, taken.Count(one => one.Status == HttpStatusCode.Gone));
            Assert.Equal(secret.Records, Assert.Single(taken, one => one.Status == HttpStatusCode.OK).Content);
        }
    }
}
