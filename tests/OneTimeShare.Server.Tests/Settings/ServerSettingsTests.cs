using Microsoft.Extensions.Configuration;
using OneTimeShare.Server.Settings;
using OneTimeShare.Server.Tests.Stores;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Settings;

public sealed class ServerSettingsTests
{
    [Fact]
    public void Redis_is_taken_as_its_driver_reads_it_under_a_prefix()
    {
        Assert.Null(Read().Redis);
        var alone = Read(("OTS_REDIS", "redis.example.org:6380,ssl=true,user=ots,password=hush")).Redis!;
        Assert.Equal(("ots:", false), (alone.Prefix, alone.Unsafe));
        Assert.Equal("redis.example.org:6380", alone.EndPoints);
        var watched = Read(
            ("OTS_REDIS", "a:26379,b:26379,serviceName=shares"), ("OTS_REDIS_PREFIX", "x:"), ("OTS_UNSAFE_REDIS", "1"));
        Assert.Equal(("x:", true), (watched.Redis!.Prefix, watched.Redis.Unsafe));
        Assert.Equal($"Redis at a:26379, b:26379 and {watched.DataFolder}", watched.Places);
    }

    [Theory]
    [InlineData("OTS_REDIS_PREFIX", "{shares}:")]
    [InlineData("OTS_REDIS_PREFIX", "my shares:")]
    [InlineData("OTS_UNSAFE_REDIS", "yes")]
    public void A_wrong_setting_beside_redis_is_refused(string name, string value) =>
        Assert.Contains(name, Assert.Single(Problems(("OTS_REDIS", "localhost:6379"), (name, value))));

    [Fact]
    public void A_redis_password_is_not_repeated_in_a_sentence() => Assert.DoesNotContain(
        "hush", Assert.Single(Problems(("OTS_REDIS", "localhost:6379,password=hush,colour=red"))));

    [Fact]
    public void A_server_without_settings_starts_with_the_documented_ones()
    {
        var settings = Read();
        Assert.Equal(Path.GetFullPath("./data"), settings.DataFolder);
        Assert.Equal(20_000_000, settings.Shares.MaxSize);
        Assert.Null(settings.Shares.MaxStorage);
        Assert.Equal(TimeSpan.FromHours(5), settings.Shares.DefaultLifetime);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Shares.MinLifetime);
        Assert.Equal(TimeSpan.FromDays(7), settings.Shares.MaxLifetime);
        Assert.Equal(TimeSpan.FromMinutes(10), settings.Shares.Lease);
        Assert.Equal(TimeSpan.FromDays(7), settings.Shares.History);
        Assert.Equal(5, settings.Shares.MaxPassphraseAttempts);
        Assert.True(settings.Rates.On);
        Assert.Equal(new Rate(60, TimeSpan.FromHours(1)), settings.Rates.Create);
        Assert.Equal(new Rate(60, TimeSpan.FromMinutes(1)), settings.Rates.Open);
        Assert.Null(settings.Web.BaseUrl);
        Assert.Null(settings.Web.CreateToken);
        Assert.Empty(settings.Web.TrustedProxies);
    }

    [Theory]
    [InlineData("OTS_MAX_SIZE", "0")]
    [InlineData("OTS_MAX_SIZE", "-1")]
    [InlineData("OTS_MAX_SIZE", "20 megabytes")]
    [InlineData("OTS_MAX_SIZE", "300TiB")]
    [InlineData("OTS_MAX_STORAGE", "lots")]
    [InlineData("OTS_TTL_DEFAULT", "8d")]
    [InlineData("OTS_TTL_DEFAULT", "1s")]
    [InlineData("OTS_TTL_DEFAULT", "soon")]
    [InlineData("OTS_TTL_MIN", "0")]
    [InlineData("OTS_TTL_MIN", "8d")]
    [InlineData("OTS_TTL_MAX", "30s")]
    [InlineData("OTS_TTL_MAX", "7 days")]
    [InlineData("OTS_LEASE", "59s")]
    [InlineData("OTS_LEASE", "x")]
    [InlineData("OTS_HISTORY", "-1d")]
    [InlineData("OTS_MAX_PASSPHRASE_ATTEMPTS", "0")]
    [InlineData("OTS_MAX_PASSPHRASE_ATTEMPTS", "1001")]
    [InlineData("OTS_MAX_PASSPHRASE_ATTEMPTS", "five")]
    [InlineData("OTS_BASE_URL", "share.example.org")]
    [InlineData("OTS_BASE_URL", "ftp://share.example.org")]
    [InlineData("OTS_BASE_URL", "https://share.example.org/?x")]
    [InlineData("OTS_BASE_URL", "https://share.example.org/#x")]
    [InlineData("OTS_BASE_URL", "https://user@share.example.org/")]
    [InlineData("OTS_BASE_URL", "/sub")]
    [InlineData("OTS_RATE_LIMITS", "yes")]
    [InlineData("OTS_RATE_CREATE", "60")]
    [InlineData("OTS_RATE_CREATE", "0/h")]
    [InlineData("OTS_RATE_OPEN", "60/w")]
    [InlineData("OTS_RATE_OPEN", "-1/s")]
    [InlineData("OTS_TRUSTED_PROXIES", "proxy.example.org")]
    [InlineData("OTS_TRUSTED_PROXIES", "10.0.0.0/33")]
    [InlineData("OTS_REDIS", "ssl=true")]
    [InlineData("OTS_REDIS", "localhost:6379,colour=red")]
    [InlineData("OTS_REDIS", "localhost:6379,proxy=Twemproxy")]
    [InlineData("OTS_REDIS_PREFIX", "shares:")]
    [InlineData("OTS_UNSAFE_REDIS", "1")]
    [InlineData("OTS_S3_ENDPOINT", "https://s3.example.org")]
    [InlineData("OTS_S3_BUCKET", "b")]
    [InlineData("OTS_S3_ACCESS_KEY", "k")]
    [InlineData("OTS_S3_SECRET_KEY", "s")]
    [InlineData("OTS_S3_REGION", "us-east-1")]
    [InlineData("OTS_ADMIN_PASSWORD", "p")]
    [InlineData("OTS_TLS_CERT", "/no/such/file")]
    [InlineData("OTS_TLS_KEY", "/no/such/file")]
    [InlineData("OTS_CREATE_TOKENS", "ci")]
    [InlineData("OTS_CREATE_TOKENS", "ci:")]
    [InlineData("OTS_CREATE_TOKENS", "ci:one ci:two")]
    [InlineData("OTS_MAX_CONNECTIONS", "0")]
    [InlineData("OTS_ADMIN_PASSWORD", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA")]
    [InlineData("OTS_LOG", "xml")]
    [InlineData("OTS_MAX_SIZ", "1MB")]
    [InlineData("ots_lease_", "1h")]
    [InlineData("OTS_LEASES_FILE", "/run/secrets/lease")]
    public void A_wrong_value_has_one_sentence_that_names_the_setting(string name, string value)
    {
        string problem = Assert.Single(Problems((name, value)));
        Assert.Contains(name, problem);
        Assert.EndsWith(".", problem);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() => Assert.Equal(
        3, Problems(("OTS_MAX_SIZE", "x"), ("OTS_LEASE", "x"), ("OTS_RATE_OPEN", "x")).Count);

    [Theory]
    [InlineData("http://localhost:5000/path")]
    [InlineData("http://localhost:0")]
    [InlineData("http://127.0.0.1:65536")]
    [InlineData("5000")]
    [InlineData("ftp://127.0.0.1")]
    public void An_address_to_listen_on_that_is_none_is_refused(string urls) => Assert.StartsWith(
        $"ASPNETCORE_URLS is \"{urls}\": give ", Assert.Single(Problems(("urls", urls))));

    [Theory]
    [InlineData("urls", "http://localhost:5000;https://localhost:5001")]
    [InlineData("https_ports", "443")]
    public void TLS_needs_a_certificate(string name, string value) => Assert.StartsWith(
        "To listen on https:// set OTS_TLS_CERT and OTS_TLS_KEY", Assert.Single(Problems((name, value))));

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:0; http://[::1]:0")]
    [InlineData("http://*:80")]
    [InlineData("http://unix:/run/ots.sock")]
    [InlineData("")]
    public void Every_other_address_is_the_web_servers_own_to_try(string urls) => Read(("urls", urls));

    [Fact]
    public void The_largest_secret_is_no_larger_than_all_the_room()
    {
        Assert.Equal(
            "OTS_MAX_SIZE is more than OTS_MAX_STORAGE.",
            Assert.Single(Problems(("OTS_MAX_SIZE", "2MB"), ("OTS_MAX_STORAGE", "1MB"))));
        Assert.Equal(1_000_000, Read(("OTS_MAX_SIZE", "1MB"), ("OTS_MAX_STORAGE", "1MB")).Shares.MaxSize);
    }

    [Fact]
    public void A_sentence_does_not_repeat_a_secret() => Assert.DoesNotContain(
        "hush", Assert.Single(Problems(("OTS_ADMIN_PASSWORD", "hush"))));

    [Fact]
    public void An_empty_value_is_none() => Assert.Equal(
        20_000_000, Read(("OTS_MAX_SIZE", ""), ("OTS_REDIS", ""), ("OTS_BASE_URL", "")).Shares.MaxSize);

    [Theory]
    [InlineData("1m", "30m", 30 * 60)]
    [InlineData("6h", "7d", 6 * 60 * 60)]
    public void The_default_lifetime_follows_its_bounds_where_it_is_not_set(string min, string max, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds), Read(("OTS_TTL_MIN", min), ("OTS_TTL_MAX", max)).Shares.DefaultLifetime);

    [Theory]
    [InlineData("https://share.example.org", "https://share.example.org/")]
    [InlineData("http://localhost:8080/sub/path/", "http://localhost:8080/sub/path/")]
    [InlineData("https://bücher.example:8443/ü", "https://xn--bcher-kva.example:8443/%C3%BC/")]
    [InlineData("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080/")]
    public void A_base_url_ends_in_a_slash(string text, string url) =>
        Assert.Equal(url, Read(("OTS_BASE_URL", text)).Web.BaseUrl!.AbsoluteUri);

    [Fact]
    public void A_value_may_be_in_a_file()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "token");
        File.WriteAllText(file, "open sesame\n");
        Assert.Equal("open sesame", Read(("OTS_CREATE_TOKEN_FILE", file)).Web.CreateToken);
        Assert.Equal(
            "OTS_CREATE_TOKEN and OTS_CREATE_TOKEN_FILE are both set: keep one of them.",
            Assert.Single(Problems(("OTS_CREATE_TOKEN", "x"), ("OTS_CREATE_TOKEN_FILE", file))));
        Assert.StartsWith(
            "OTS_CREATE_TOKEN_FILE names a file that cannot be read: ",
            Assert.Single(Problems(("OTS_CREATE_TOKEN_FILE", file + ".not"))));
        File.WriteAllText(file, "\n");
        Assert.Equal(
            $"OTS_CREATE_TOKEN_FILE names a file that is empty: {file}.",
            Assert.Single(Problems(("OTS_CREATE_TOKEN_FILE", file))));
        File.WriteAllText(file, "4kB\r\n");
        Assert.Equal(4_000, Read(("OTS_MAX_SIZE_FILE", file)).Shares.MaxSize);
    }

    [Theory]
    [InlineData("OTS_IMPRINT_URL", "about us")]
    [InlineData("OTS_PRIVACY_URL", "javascript:alert(1)")]
    [InlineData("OTS_FEEDBACK_URL", "/feedback")]
    public void A_link_at_the_foot_of_the_pages_is_a_whole_address(string name, string value) =>
        Assert.StartsWith($"{name} is \"{value}\": give an address", Assert.Single(Problems((name, value))));

    [Fact]
    public void The_proxies_are_addresses_and_networks() => Assert.Equal(
        ["10.0.0.7/32", "192.168.0.0/16", "::1/128"],
        Read(("OTS_TRUSTED_PROXIES", "10.0.0.7, 192.168.0.0/16 ::1")).Web.TrustedProxies.Select(net => net.ToString()));

    [Fact]
    public void A_program_with_a_wrong_setting_says_so_and_does_not_start()
    {
        using var folder = new TemporaryFolder();
        var said = new StringWriter();
        var error = Console.Error;
        Console.SetError(said);
        try
        {
            object? status = typeof(Program).Assembly.EntryPoint!.Invoke(
                null, [new[] { $"--OTS_DATA={folder.Path}", "--OTS_LEASE=1s", "--OTS_ADMIN_PASSWORD=p" }]);
            Assert.Equal(1, status);
        }
        finally
        {
            Console.SetError(error);
        }
        Assert.Contains("ots-server: OTS_LEASE is \"1s\": give a time of at least 60 seconds", said.ToString());
        Assert.Contains(
            "ots-server: OTS_ADMIN_PASSWORD has fewer than 8 characters", said.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static ServerSettings Read(params (string Name, string? Value)[] values)
    {
        var settings = ServerSettings.Read(Configuration(values), out var problems);
        Assert.Empty(problems);
        return settings;
    }

    private static IReadOnlyList<string> Problems(params (string Name, string? Value)[] values)
    {
        _ = ServerSettings.Read(Configuration(values), out var problems);
        return problems;
    }

    private static IConfiguration Configuration((string Name, string? Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, value.Value))).Build();
}
