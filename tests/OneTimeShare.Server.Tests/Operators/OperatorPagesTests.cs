using System.Net;
using OneTimeShare.Server.Tests.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Operators;

/// <summary>What the operator sees of shares, and can do to one.</summary>
public sealed class OperatorPagesTests : IAsyncLifetime
{
    private ServerWithOperator _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerWithOperator.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Shares_are_listed_without_names_and_contents_page_by_page()
    {
        var ids = new List<string>();
        for (int i = 0; i < 120; i++)
            ids.Add(await _server.CreateAsync(await Secret.SealAsync("hush")));
        var listed = new List<string>();
        for (long? from = null; ;)
        {
            using var response = await _server.GetAsync(
                "list-files" + (from is null ? "" : $"?from={from}"), ServerWithOperator.Bearer);
            var json = await response.JsonAsync(HttpStatusCode.OK, "shares", "next");
            foreach (var share in json.GetProperty("shares").EnumerateArray())
            {
                Assert.Equal(
                    ["id", "state", "at", "size", "created_at", "expires_at", "failed_attempts"],
                    share.EnumerateObject().Select(member => member.Name));
                listed.Add(share.GetProperty("id").GetString()!);
            }
            if (json.GetProperty("next") is { ValueKind: System.Text.Json.JsonValueKind.Number } next)
                from = next.GetInt64();
            else
                break;
        }
        Assert.Equal(ids.Order(), listed.Order());
        string page = await _server.PageAsync("list-files", await _server.SignInAsync());
        Assert.Equal(50, page.Split("/info/").Length - 1);
        Assert.Contains("Go on", page);
        using var malformed = await _server.GetAsync("list-files?from=-1", ServerWithOperator.Bearer);
        await malformed.ProblemAsync(400, "bad-request");
    }

    [Fact]
    public async Task The_operator_burns_a_share_which_its_reader_and_the_log_are_told()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await _server.CreateAsync(secret);
        var cookie = await _server.SignInAsync();
        string page = await _server.PageAsync($"info/{id}", cookie);
        Assert.Contains("Burning cannot be undone", page);
        using var burned = await _server.PostAsync(
            $"info/{id}", Burn(ServerWithOperator.FormTokenIn(page)), ServerWithOperator.Browser, cookie);
        burned.Is(HttpStatusCode.OK);
        string after = await burned.TextAsync();
        Assert.Contains("Burned", after);
        Assert.DoesNotContain("Burn it now", after);
        using var preview = await _server.SendAsync(secret.Preview(id));
        await preview.GoneAsync("burned", _server.Clock.GetUtcNow());
        Assert.Contains($"The operator burned the share {id}, from 127.0.0.1/32", _server.Logs.Text);
        _server.Logs.AssertSilentAbout(secret.ReceiptToken, ServerWithOperator.Password);
    }

    [Fact]
    public async Task A_form_of_somebody_elses_making_burns_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await _server.CreateAsync(secret);
        var cookie = await _server.SignInAsync();
        var other = await _server.SignInAsync();
        string others = ServerWithOperator.FormTokenIn(await _server.PageAsync($"info/{id}", other));
        foreach (string token in (string[])["", "x", others])
        {
            using var response = await _server.PostAsync($"info/{id}", Burn(token), cookie);
            await response.ProblemAsync(403, "cross-site");
        }
        using var stranger = await _server.PostAsync($"info/{id}", Burn(others));
        await stranger.ProblemAsync(401, "operator");
        using var preview = await _server.SendAsync(secret.Preview(id));
        preview.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_script_burns_by_the_password_alone()
    {
        string id = await _server.CreateAsync(await Secret.SealAsync("hush"));
        using var burned = await _server.PostAsync($"info/{id}", Burn(""), ServerWithOperator.Bearer);
        Assert.Equal("burned", (await burned.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString());
        using var none = await _server.PostAsync($"info/{Secret.NewToken()}", Burn(""), ServerWithOperator.Bearer);
        await none.ProblemAsync(404, "not-found");
        using var info = await _server.GetAsync($"info/{id}", ServerWithOperator.Bearer);
        Assert.Equal(id, (await info.JsonAsync(HttpStatusCode.OK)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_happens_is_counted_by_the_hour_and_outlives_a_restart()
    {
        var secret = await Secret.SealAsync("hush", "passphrase");
        string id = await _server.CreateAsync(secret);
        using (var opened = await _server.SendAsync(secret.Open(id)))
            await opened.BytesAsync();
        using var form = await _server.PostAsync("upload", Form.Begin().Field("text", "hush").ToContent());
        using var response = await _server.GetAsync("stats-json", ServerWithOperator.Bearer);
        var json = await response.JsonAsync(
            HttpStatusCode.OK, "version", "live", "storage_used", "storage_max", "total", "hours");
        Assert.Equal(2, json.GetProperty("total").GetProperty("created").GetInt64());
        Assert.Equal(1, json.GetProperty("total").GetProperty("claimed").GetInt64());
        Assert.Equal(2, json.GetProperty("live").GetInt64());
        var hour = Assert.Single(json.GetProperty("hours").EnumerateArray());
        Assert.Equal("2000-01-31T12:00:00.000Z", hour.GetProperty("hour").GetString());
        Assert.Equal(2, hour.GetProperty("counts").GetProperty("created").GetInt64());
        string page = await _server.PageAsync("stats", await _server.SignInAsync());
        Assert.Contains("<rect x=\"167\"", page);
        Assert.DoesNotContain("style=", page);
    }

    [Fact]
    public async Task The_overview_says_what_was_found_at_start()
    {
        string page = WebUtility.HtmlDecode(await _server.PageAsync("admin", await _server.SignInAsync()));
        Assert.Contains($"SQLite in {_server.Data.Path}, written and read back", page);
        Assert.Contains("None is trusted", page);
        Assert.DoesNotContain(ServerWithOperator.Password, page);
    }

    private static FormUrlEncodedContent Burn(string token) =>
        new([new("form_token", token), new("act", "burn")]);
}
