using System.Net;
using System.Text.RegularExpressions;

namespace OneTimeShare.Server.Tests;

/// <summary>A server with an operator, and how they get in.</summary>
public sealed partial class ServerWithOperator : RunningServer
{
    internal const string Password = "correct horse battery staple";

    internal static readonly (string, string) Browser = ("Accept", "text/html");
    internal static readonly (string, string) Bearer = ("Authorization", "Bearer " + Password);

    public ServerWithOperator() => Set([("OTS_ADMIN_PASSWORD", Password)]);

    internal ServerWithOperator With(params (string Name, string Value)[] settings)
    {
        Set(settings);
        return this;
    }

    internal static async Task<ServerWithOperator> StartAsync()
    {
        var server = new ServerWithOperator();
        await server.InitializeAsync();
        return server;
    }

    /// <summary>As a browser does it.</summary>
    internal Task<HttpResponseMessage> TrySignInAsync(string password) => PostAsync(
        "admin/sign-in", new FormUrlEncodedContent([new("password", password)]), Browser);

    /// <returns>The cookie, as a browser sends it back.</returns>
    internal async Task<(string, string)> SignInAsync()
    {
        using var response = await TrySignInAsync(Password);
        response.Is(HttpStatusCode.SeeOther);
        return ("Cookie", response.Header("Set-Cookie")!.Split(';')[0]);
    }

    internal async Task<string> PageAsync(string path, (string, string) cookie)
    {
        using var response = await GetAsync(path, Browser, cookie);
        response.Is(HttpStatusCode.OK);
        return await response.TextAsync();
    }

    internal static string FormTokenIn(string page) =>
        FormToken().Match(page) is { Success: true } found ? found.Groups["token"].Value : "";

    [GeneratedRegex("""name="form_token" value="(?<token>[^"]+)""")]
    private static partial Regex FormToken();
}
