using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class ByteRangeTests
{
    private static readonly EntityTagHeaderValue ETag = new("\"tag\"");

    [Theory]
    [InlineData("bytes=0-", 0, 100)]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=99-", 99, 1)]
    [InlineData("bytes=99-200", 99, 1)]
    [InlineData("bytes=-100", 0, 100)]
    [InlineData("bytes=-101", 0, 100)]
    [InlineData("bytes=-1", 99, 1)]
    [InlineData("bytes=0-9223372036854775807", 0, 100)]
    public void A_range_is_the_part_that_it_names(string header, long offset, long length) =>
        Assert.Equal(new ByteRange(offset, length, IsPart: true), Of(header));

    [Theory]
    [InlineData("bytes=100-")]
    [InlineData("bytes=100-100")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=9223372036854775807-")]
    public void A_range_behind_the_end_is_none(string header) => Assert.True(Of(header).IsUnsatisfiable);

    [Theory]
    [InlineData("")]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=2-1")]
    [InlineData("bytes=0-1,3-4")]
    [InlineData("records=0-1")]
    public void Whatever_else_it_says_it_gets_all(string header) =>
        Assert.Equal(new ByteRange(0, 100, IsPart: false), Of(header));

    [Fact]
    public void A_range_never_leaves_the_content() =>
        Gen.Select(
            Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue]),
            Gen.OneOf(Gen.Long[0, 300], Gen.Long[0, long.MaxValue]),
            Gen.Int[0, 2])
        .Sample((from, to, form) =>
        {
            var range = Of(form switch { 0 => $"bytes={from}-{to}", 1 => $"bytes={from}-", _ => $"bytes=-{to}" });
            Assert.True(range.IsUnsatisfiable
                || (range.Offset >= 0 && range.Length > 0 && range.Offset + range.Length <= 100));
        });

    [Fact]
    public void Only_a_get_has_a_range() =>
        Assert.Equal(new ByteRange(0, 100, IsPart: false), Of("bytes=0-0", HttpMethods.Head));

    private static ByteRange Of(string header) => Of(header, HttpMethods.Get);

    private static ByteRange Of(string header, string method)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Headers.Range = header;
        return ByteRange.Of(request, 100, ETag);
    }
}
