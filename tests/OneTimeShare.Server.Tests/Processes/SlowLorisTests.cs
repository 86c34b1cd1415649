using System.Globalization;
using System.Net;
using System.Text;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>Whoever holds connections and says little keeps nobody else out.</summary>
public sealed class SlowLorisTests : IAsyncDisposable
{
    private const int BytesEach = 64_000;

    private readonly TemporaryFolder _folder = new();
    private readonly List<RawConnection> _held = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_silent_connections_do_no_harm()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path);
        await ShareAsync(server);
        long before = Resident(server);
        await HoldAsync(server, 1_000, "");
        await HoldAsync(server, 200, "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        await HoldAsync(server, 200, "PUT /a.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx");
        await HoldAsync(server, 200, "POST /d/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/"
            + "x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nkey=");
        for (int i = 0; i < 20; i++)
            await ShareAsync(server);
        Assert.InRange(Resident(server) - before, long.MinValue, (long)_held.Count * BytesEach);
    }

    [Fact]
    public async Task Beyond_the_limit_a_connection_is_closed_and_when_others_go_there_is_room_again()
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path, ("OTS_MAX_CONNECTIONS", "20"));
        await HoldAsync(server, 40, "");
        await Eventually.HoldsAsync("the server takes no more", async () => !await AnswersAsync(server));
        foreach (var connection in _held)
            connection.Reset();
        await Eventually.HoldsAsync("the server takes others again", () => AnswersAsync(server));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _held)
            connection.Dispose();
        _folder.Dispose();
        await ValueTask.CompletedTask;
    }

    private async Task HoldAsync(ServerProcess server, int count, string begin)
    {
        for (int i = 0; i < count; i++)
        {
            var connection = await RawConnection.OpenAsync(server);
            _held.Add(connection);
            await connection.SendAsync(Encoding.ASCII.GetBytes(begin), Cancel);
        }
    }

    private static async Task ShareAsync(ServerProcess server)
    {
        var secret = await Secret.SealAsync("hush");
        using var created = await server.Client.SendAsync(secret.Create(), Cancel);
        string id = (await created.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
        using var opened = await server.Client.SendAsync(secret.Open(id), Cancel);
        Assert.Equal("hush", await opened.TextAsync());
    }

    private static async Task<bool> AnswersAsync(ServerProcess server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        try
        {
            using var answer = await client.GetAsync(new Uri(server.Client.BaseAddress!, "health/live"), Cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The bytes of memory that it has.</summary>
    private static long Resident(ServerProcess server) => 1024 * long.Parse(
        File.ReadLines($"/proc/{server.Id}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
