using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>Clients of several instances, and the end of one of these in the middle of a chosen act.</summary>
internal sealed class Killing(Instances servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> _broken = new();
    private string _act = "";
    private Task? _kill;

    /// <summary>Who is to be killed, or was.</summary>
    public int Victim { get; private set; }

    public bool IsDone => Volatile.Read(ref _kill) is { IsCompleted: true };

    /// <summary>How many requests of each act a kill has broken.</summary>
    public string Broken => string.Join(", ", _broken.OrderBy(one => one.Key).Select(one => $"{one.Value} {one.Key}"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void ChooseVictim()
    {
        (_act, Victim) = ("", RandomNumberGenerator.GetInt32(servers.Count));
        Volatile.Write(ref _kill, null);
    }

    /// <summary>Who is next asked for that is killed meanwhile, if it is the victim.</summary>
    public void Aim(string act) => _act = act;

    /// <summary>Asks any instance; where that one breaks or cannot answer, another.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(string act, Func<HttpRequestMessage> request)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (int number = RandomNumberGenerator.GetInt32(servers.Count); ; number++)
        {
            patience.Token.ThrowIfCancellationRequested();
            try
            {
                using var message = request();
                var asking = servers[number].Client.SendAsync(message, Cancel);
                if (act == _act && number % servers.Count == Victim)
                    KillOnce();
                using var answer = await asking;
                byte[] body = await answer.Content.ReadAsByteArrayAsync(Cancel);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return (answer.StatusCode, body);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                _broken.AddOrUpdate(act, 1, (_, count) => count + 1);
            }
        }
    }

    // Somewhere between the request's arrival and its answer.
    private void KillOnce()
    {
        var kill = new Task<Task>(async () =>
        {
            var moment = TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(8));
            await Task.Delay(moment, TimeProvider.System, Cancel);
            await servers.KillAsync(Victim);
        });
        if (Interlocked.CompareExchange(ref _kill, kill.Unwrap(), null) is null)
            kill.Start();
    }
}
