using System.Net;
using NSec.Cryptography;
using Xunit;

namespace OneTimeShare.Server.Tests.Operators;

/// <summary>Who is let in to the operator's pages, and for how long.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private static readonly string[] Paths =
        ["admin", "list-files", "info/AAAAAAAAAAAAAAAAAAAAAA", "stats", "stats-json"];

    private ServerWithOperator _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerWithOperator.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Without_a_password_there_is_nothing_of_it()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (string path in (string[])[.. Paths, "admin/sign-in", "metrics"])
        {
            using var response = await server.GetAsync(path, ServerWithOperator.Bearer);
            await response.ProblemAsync(404, "not-found");
        }
    }

    [Fact]
    public async Task A_stranger_with_a_browser_is_shown_the_way_in_and_a_program_is_refused()
    {
        foreach (string path in Paths)
        {
            using var page = await _server.GetAsync(path, ServerWithOperator.Browser);
            page.Is(HttpStatusCode.SeeOther);
            Assert.Equal("/admin/sign-in", page.Header("Location"));
            using var refused = await _server.GetAsync(path);
            await refused.ProblemAsync(401, "operator");
            Assert.Equal("Bearer", refused.Header("WWW-Authenticate"));
            using var wrong = await _server.GetAsync(path, ("Authorization", "Bearer wrong"));
            await wrong.ProblemAsync(401, "operator");
        }
    }

    [Fact]
    public async Task The_right_password_opens_a_session_that_no_script_and_no_other_site_gets_at()
    {
        using var response = await _server.TrySignInAsync(ServerWithOperator.Password);
        response.Is(HttpStatusCode.SeeOther);
        Assert.Equal("/admin", response.Header("Location"));
        string cookie = response.Header("Set-Cookie")!;
        Assert.EndsWith("; path=/; samesite=strict; httponly", cookie);
        Assert.DoesNotContain(ServerWithOperator.Password, cookie);
        await _server.PageAsync("admin", ("Cookie", cookie.Split(';')[0]));
        Assert.Contains("The operator signed in, from 127.0.0.1/32", _server.Logs.Text);
    }

    [Fact]
    public async Task A_wrong_password_is_told_and_written_down_without_itself()
    {
        using var response = await _server.TrySignInAsync("not the password");
        response.Is(HttpStatusCode.Unauthorized);
        Assert.Contains("That is not the password", await response.TextAsync());
        Assert.Null(response.Header("Set-Cookie"));
        Assert.Contains("Somebody showed a wrong operator's password, from 127.0.0.1/32", _server.Logs.Text);
        _server.Logs.AssertSilentAbout("not the password", ServerWithOperator.Password);
    }

    [Fact]
    public async Task Guessing_is_limited_for_each_network_and_the_right_password_of_a_script_is_not()
    {
        for (int requests = 0; requests < 30; requests++)
        {
            using var response = await _server.GetAsync("stats-json", ServerWithOperator.Bearer);
            response.Is(HttpStatusCode.OK);
        }
        for (int guesses = 0; guesses < 9; guesses++)
        {
            using var response = await _server.GetAsync("stats-json", ("Authorization", "Bearer guess"));
            await response.ProblemAsync(401, "operator");
        }
        using (var refused = await _server.TrySignInAsync("guess"))
        {
            refused.Is(HttpStatusCode.TooManyRequests);
            Assert.Equal("\"sign-in\";r=0;t=60", refused.Header("RateLimit"));
        }
        using var known = await _server.GetAsync("stats-json", ServerWithOperator.Bearer);
        known.Is(HttpStatusCode.OK);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await _server.TrySignInAsync("guess");
        later.Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task After_very_many_guesses_the_right_password_tells_itself_no_more_than_a_wrong_one()
    {
        for (int requests = 0; requests < 300; requests++)
        {
            var shown = requests == 0 ? ServerWithOperator.Bearer : ("Authorization", "Bearer guess");
            (await _server.GetAsync("stats-json", shown)).Dispose();
        }
        using var refused = await _server.GetAsync("stats-json", ServerWithOperator.Bearer);
        refused.Is(HttpStatusCode.TooManyRequests);
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        using var later = await _server.GetAsync("stats-json", ServerWithOperator.Bearer);
        later.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_with_half_an_hour_of_silence()
    {
        var cookie = await _server.SignInAsync();
        _server.Clock.Advance(TimeSpan.FromMinutes(29));
        using var seen = await _server.GetAsync("admin", ServerWithOperator.Browser, cookie);
        seen.Is(HttpStatusCode.OK);
        var renewed = ("Cookie", seen.Header("Set-Cookie")!.Split(';')[0]);
        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await AssertOutAsync(cookie);
        await _server.PageAsync("admin", renewed);
        _server.Clock.Advance(TimeSpan.FromMinutes(30));
        await AssertOutAsync(renewed);
    }

    [Fact]
    public async Task A_session_ends_after_a_working_day_however_busy()
    {
        var cookie = await _server.SignInAsync();
        for (int visits = 0; visits < 35; visits++)
        {
            _server.Clock.Advance(TimeSpan.FromMinutes(20));
            using var seen = await _server.GetAsync("admin", ServerWithOperator.Browser, cookie);
            seen.Is(HttpStatusCode.OK);
            cookie = ("Cookie", seen.Header("Set-Cookie")!.Split(';')[0]);
        }
        _server.Clock.Advance(TimeSpan.FromMinutes(20));
        await AssertOutAsync(cookie);
    }

    [Fact]
    public async Task A_session_that_was_changed_in_any_place_is_none()
    {
        var (name, cookie) = await _server.SignInAsync();
        int start = cookie.IndexOf('=', StringComparison.Ordinal) + 1;
        for (int i = start; i < cookie.Length; i += 7)
        {
            char other = cookie[i] == 'A' ? 'B' : 'A';
            await AssertOutAsync((name, cookie[..i] + other + cookie[(i + 1)..]));
        }
        await AssertOutAsync((name, cookie[..^1]));
        await AssertOutAsync((name, cookie[..start]));
    }

    [Fact]
    public async Task Whoever_signs_out_has_no_cookie_any_more()
    {
        var cookie = await _server.SignInAsync();
        string token = ServerWithOperator.FormTokenIn(await _server.PageAsync("admin", cookie));
        using var forged = await _server.PostAsync(
            "admin/sign-out", new FormUrlEncodedContent([new("form_token", "x")]), cookie);
        await forged.ProblemAsync(403, "cross-site");
        using var response = await _server.PostAsync(
            "admin/sign-out", new FormUrlEncodedContent([new("form_token", token)]), cookie);
        response.Is(HttpStatusCode.SeeOther);
        Assert.StartsWith("ots-operator=; expires=Thu, 01 Jan 1970", response.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_session_of_one_server_holds_at_another_of_the_same_password_and_at_no_other()
    {
        var cookie = await _server.SignInAsync();
        await using var same = await ServerWithOperator.StartAsync();
        await same.PageAsync("admin", cookie);
        await using var other = await RunningServer.StartAsync(("OTS_ADMIN_PASSWORD", "another password"));
        using var response = await other.GetAsync("admin", cookie);
        await response.ProblemAsync(401, "operator");
    }

    [Fact]
    public async Task A_ready_hash_does_as_well_as_the_password()
    {
        var salt = "salt of 16 bytes"u8.ToArray();
        var cost = new Argon2Parameters { MemorySize = 8_192, NumberOfPasses = 2, DegreeOfParallelism = 1 };
        var hash = PasswordBasedKeyDerivationAlgorithm.Argon2id(cost).DeriveBytes("hunter2!"u8, salt, 32);
        string text = $"$argon2id$v=19$m=8192,t=2,p=1${Unpadded(salt)}${Unpadded(hash)}";
        await using var server = await RunningServer.StartAsync(("OTS_ADMIN_PASSWORD", text));
        foreach (var (shown, status) in ((string, int)[])[("hunter2!", 200), ("hunter2", 401), (text, 401)])
        {
            using var response = await server.GetAsync("stats-json", ("Authorization", "Bearer " + shown));
            Assert.Equal(status, (int)response.StatusCode);
        }

        static string Unpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
    }

    private async Task AssertOutAsync((string, string) cookie)
    {
        using var response = await _server.GetAsync("admin", ServerWithOperator.Browser, cookie);
        response.Is(HttpStatusCode.SeeOther);
    }
}
