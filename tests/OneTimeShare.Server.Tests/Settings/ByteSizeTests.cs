using OneTimeShare.Server.Settings;
using Xunit;

namespace OneTimeShare.Server.Tests.Settings;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("17", 17)]
    [InlineData("17B", 17)]
    [InlineData("1kB", 1_000)]
    [InlineData("1KB", 1_000)]
    [InlineData("20MB", 20_000_000)]
    [InlineData("20 MB", 20_000_000)]
    [InlineData("3GB", 3_000_000_000)]
    [InlineData("2TB", 2_000_000_000_000)]
    [InlineData("1KiB", 1_024)]
    [InlineData("1MiB", 1L << 20)]
    [InlineData("5GiB", 5L << 30)]
    [InlineData("1TiB", 1L << 40)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void A_size_is_a_whole_number_and_perhaps_a_unit(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long parsed));
        Assert.Equal(bytes, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("MB")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5MB")]
    [InlineData("1,000")]
    [InlineData("1mb")]
    [InlineData("1 M")]
    [InlineData(" 1MB")]
    [InlineData("0x10")]
    [InlineData("9223372036854775808")]
    [InlineData("8388608TiB")]
    public void Everything_else_is_none(string text) => Assert.False(ByteSize.TryParse(text, out _));
}
