using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>Tokens of several people, which come and go while the server runs.</summary>
public sealed class NamedCreateTokenTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "tokens");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_of_them_may_create_and_nobody_else()
    {
        await using var server = await RunningServer.StartAsync(("OTS_CREATE_TOKENS", "ci:one, alice:two:three"));
        await CreatesAsync(server, 201, "one", "two:three");
        await CreatesAsync(server, 401, "ci", "ci:one", "two", "alice:two:three", "");
        using var policy = await server.GetAsync("api/v1/policy");
        Assert.Contains("\"create_token\":true", await policy.TextAsync());
    }

    [Fact]
    public async Task A_token_that_is_taken_from_the_file_is_good_for_nothing_any_more()
    {
        Write("ci:one\nalice:two\n");
        await using var server = await RunningServer.StartAsync(("OTS_CREATE_TOKENS_FILE", File));
        await CreatesAsync(server, 201, "one", "two");
        Write("ci:one\nbob:three\n");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreatesAsync(server, 401, "two");
        await CreatesAsync(server, 201, "one", "three");
        Assert.Contains("The create tokens have changed, and are those of: ci, bob", server.Logs.Text);
        Write("");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreatesAsync(server, 401, "one", "two", "three", "");
        server.Logs.AssertSilentAbout("one", "two", "three");
    }

    [Fact]
    public async Task A_file_that_is_gone_or_has_a_slip_in_it_changes_nothing_and_is_said_once()
    {
        Write("ci:one");
        await using var server = await RunningServer.StartAsync(("OTS_CREATE_TOKENS_FILE", File));
        foreach (string? text in (string?[])["ci:one alice", null])
        {
            if (text is null)
                System.IO.File.Delete(File);
            else
                Write(text);
            for (int looks = 0; looks < 3; looks++)
                server.Clock.Advance(TimeSpan.FromSeconds(1));
            await CreatesAsync(server, 201, "one");
        }
        Assert.True(2 == server.Logs.Text.Split("those from before hold").Length - 1, server.Logs.Text);
        Write("ci:four");
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreatesAsync(server, 201, "four");
    }

    private void Write(string text) => System.IO.File.WriteAllText(File, text);

    private static async Task CreatesAsync(RunningServer server, int status, params string[] tokens)
    {
        foreach (string token in tokens)
        {
            using var response = await server.SendAsync(
                HttpMethod.Put, "a.txt", new StringContent("hush"), ("OTS-Create-Token", token));
            Assert.True(status == (int)response.StatusCode, $"{token}: {(int)response.StatusCode}");
        }
    }
}
