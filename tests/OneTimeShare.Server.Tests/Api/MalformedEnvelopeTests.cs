using System.Buffers.Binary;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class MalformedEnvelopeTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(0, (byte)'o')]
    [InlineData(3, (byte)'2')]
    [InlineData(4, 0)]
    [InlineData(4, 2)]
    [InlineData(4, 255)]
    [InlineData(5, 2)]
    [InlineData(5, 255)]
    [InlineData(6, 1)]
    [InlineData(7, 1)]
    public async Task A_header_with_a_value_that_no_version_lists_is_refused(int offset, byte value)
    {
        var secret = await Secret.SealAsync("hush");
        secret.Envelope[offset] = value;
        await RefusedAsync(secret, secret.Envelope);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(16u)]
    [InlineData(271u)]
    [InlineData(273u)]
    [InlineData(528u)]
    [InlineData(65_808u)]
    [InlineData(0x8000_0110u)]
    [InlineData(uint.MaxValue)]
    public async Task A_manifest_length_out_of_bounds_is_refused(uint length)
    {
        var secret = await Secret.SealAsync("hush");
        BinaryPrimitives.WriteUInt32BigEndian(secret.Envelope.AsSpan(^4..), length);
        await RefusedAsync(secret, secret.Envelope);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(271)]
    [InlineData(273)]
    [InlineData(529)]
    [InlineData(65_551)]
    [InlineData(65_553)]
    [InlineData(65_552 + 16)]
    [InlineData(65_552 + 17)]
    [InlineData(131_105)]
    [InlineData(300_000)]
    public async Task Records_of_a_length_that_no_padding_makes_are_refused(int length)
    {
        var secret = await Secret.SealAsync("hush");
        var footer = secret.Envelope[(EnvelopeHeader.Length + secret.Records.Length)..];
        await RefusedAsync(secret, [.. secret.Envelope[..EnvelopeHeader.Length], .. new byte[length], .. footer]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(363)]
    public async Task What_is_shorter_than_any_envelope_is_refused(int length)
    {
        var secret = await Secret.SealAsync("hush");
        await RefusedAsync(secret, secret.Envelope[..length]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(66_000)]
    public async Task Bytes_behind_an_envelope_are_refused(int length)
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        await RefusedAsync(secret, [.. secret.Envelope, .. new byte[length]]);
    }

    [Fact]
    public async Task What_was_refused_leaves_no_blob()
    {
        var secret = await Secret.SealAsync(new byte[300_000]);
        await RefusedAsync(secret, secret.Envelope[..^1]);
        Assert.DoesNotContain(
            Directory.GetFiles(server.Data.Path, "*", SearchOption.AllDirectories),
            file => new FileInfo(file).Length is > 200_000 and < 400_000);
        Assert.False(server.Holds(secret.Records.AsSpan(1_000, 64)));
    }

    [Fact]
    public async Task A_connection_stays_of_use_after_what_was_refused_on_it()
    {
        using var connection = RawConnection.Open(server);
        await connection.SendAsync(
            $"POST /api/v1/shares HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Secret.NewToken()}\r\n"
            + "Content-Type: application/vnd.onetimeshare.envelope\r\nContent-Length: 1000\r\n\r\n"
            + new string('x', 1_000) + "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadHeadAsync());
        Assert.Contains("HTTP/1.1 200 ", await connection.ReadToEndAsync());
    }

    private async Task RefusedAsync(Secret secret, byte[] envelope)
    {
        using var response = await server.SendAsync(secret.Create(envelope: envelope));
        await response.ProblemAsync(400, "malformed-envelope");
    }
}
