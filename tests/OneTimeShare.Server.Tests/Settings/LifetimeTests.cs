using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Settings;

public sealed class LifetimeTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("45s", 45)]
    [InlineData("30m", 1_800)]
    [InlineData("5h", 18_000)]
    [InlineData("7d", 604_800)]
    [InlineData("36600d", 3_162_240_000)]
    [InlineData("007", 7)]
    public void A_lifetime_is_a_whole_number_of_seconds_or_of_a_unit(string text, long seconds)
    {
        Assert.True(Lifetime.TryParse(text, out var lifetime));
        Assert.Equal(TimeSpan.FromSeconds(seconds), lifetime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("-1")]
    [InlineData("1.5h")]
    [InlineData("5 h")]
    [InlineData("5H")]
    [InlineData("1w")]
    [InlineData("1h30m")]
    [InlineData("36601d")]
    [InlineData("3162240001")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("106751991167301d")]
    [InlineData("60\0")]
    public void Everything_else_is_none(string text) => Assert.False(Lifetime.TryParse(text, out _));

    [Fact]
    public void A_program_writes_seconds_only()
    {
        Assert.True(Lifetime.TryParseSeconds("90", out var lifetime));
        Assert.Equal(TimeSpan.FromSeconds(90), lifetime);
        Assert.False(Lifetime.TryParseSeconds("90s", out _));
    }
}
