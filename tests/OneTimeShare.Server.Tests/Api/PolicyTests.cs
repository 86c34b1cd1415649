using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class PolicyTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_policy_says_what_this_server_allows()
    {
        using var response = await server.GetAsync("api/v1/policy");
        var policy = await response.JsonAsync(
            HttpStatusCode.OK, "max_size", "ttl", "extensions", "max_passphrase_attempts", "create_token");
        Assert.Equal(20_000_000, policy.GetProperty("max_size").GetInt64());
        Assert.Equal("""{"default":18000,"min":60,"max":604800}""", policy.GetProperty("ttl").GetRawText());
        Assert.Equal(5, policy.GetProperty("max_passphrase_attempts").GetInt32());
        Assert.False(policy.GetProperty("create_token").GetBoolean());
        Assert.Equal(
            ("pdf txt md csv log env json yaml yml toml ini conf cfg properties xml sql pem key pub crt cer der p12 "
            + "pfx jks ppk asc gpg ovpn kdbx png jpg jpeg gif webp docx xlsx pptx odt ods odp zip 7z tar gz tgz xz")
            .Split(' ').Order(StringComparer.Ordinal),
            policy.GetProperty("extensions").EnumerateArray().Select(extension => extension.GetString()));
    }

    [Fact]
    public async Task The_policy_follows_the_settings()
    {
        await using var other = await RunningServer.StartAsync(
            ("OTS_MAX_SIZE", "1MiB"), ("OTS_TTL_MIN", "2m"), ("OTS_TTL_MAX", "1h"), ("OTS_EXTENSIONS", "*"),
            ("OTS_MAX_PASSPHRASE_ATTEMPTS", "3"), ("OTS_CREATE_TOKEN", "open sesame"));
        using var response = await other.GetAsync("api/v1/policy");
        Assert.Equal(
            """
            {"max_size":1048576,"ttl":{"default":3600,"min":120,"max":3600},"extensions":["*"],
            "max_passphrase_attempts":3,"create_token":true}
            """.ReplaceLineEndings(""),
            await response.TextAsync());
    }
}
