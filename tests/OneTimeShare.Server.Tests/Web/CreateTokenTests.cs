using System.Net;
using OneTimeShare.Server.Tests.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class CreateTokenTests : IAsyncLifetime
{
    private const string Token = "open sesame";
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(("OTS_CREATE_TOKEN", Token));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(null, 401)]
    [InlineData("", 401)]
    [InlineData("open sesam", 401)]
    [InlineData("OPEN SESAME", 401)]
    [InlineData(Token, 201)]
    public async Task Creating_needs_the_operators_token_at_every_door(string? token, int status)
    {
        (string, string)[] headers = token is null ? [] : [("OTS-Create-Token", token)];
        var secret = await Secret.SealAsync("hush");
        using var envelope = secret.Create();
        if (token is not null)
            envelope.Headers.TryAddWithoutValidation("OTS-Create-Token", token);
        foreach (var answer in (Task<HttpResponseMessage>[])
            [
                _server.SendAsync(envelope),
                _server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"), headers),
                _server.PostAsync("upload", new StringContent("hush"), headers),
                _server.PostAsync("upload", Form.Begin().File("a.txt", "hush").ToContent(), headers),
                _server.PostAsync("upload", Form.Begin().Field("text", "hush").ToContent(), headers),
            ])
        {
            using var response = await answer;
            if (status == 201)
                response.Is(HttpStatusCode.Created);
            else
                await response.ProblemAsync(401, "create-token");
        }
    }

    [Fact]
    public async Task A_form_may_send_it_as_a_field_before_what_it_shares()
    {
        using var before = await _server.PostAsync(
            "upload", Form.Begin().Field("create_token", Token).File("a.txt", "hush").ToContent());
        before.Is(HttpStatusCode.Created);
        using var behind = await _server.PostAsync(
            "upload", Form.Begin().File("a.txt", "hush").Field("create_token", Token).ToContent());
        await behind.ProblemAsync(401, "create-token");
        using var wrong = await _server.PostAsync(
            "upload", Form.Begin().Field("create_token", "guess").Field("text", "hush").ToContent());
        await wrong.ProblemAsync(401, "create-token");
    }

    [Fact]
    public async Task A_form_has_one_guess()
    {
        using var response = await _server.PostAsync("upload", Form.Begin()
            .Field("create_token", "guess").Field("create_token", Token).Field("text", "hush").ToContent());
        await response.ProblemAsync(401, "create-token");
        Assert.Equal("OTS-Create-Token", response.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Reading_needs_none()
    {
        var secret = await Secret.SealAsync("hush");
        using var request = secret.Create();
        request.Headers.Add("OTS-Create-Token", Token);
        using var created = await _server.SendAsync(request);
        string id = (await created.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
        using var opened = await _server.SendAsync(secret.Open(id));
        Assert.Equal("hush", await opened.TextAsync());
        using var home = await _server.GetAsync("", ("Accept", "text/html"));
        Assert.Contains("name=\"create_token\"", await home.TextAsync());
        _server.Logs.AssertSilentAbout(Token);
    }
}
