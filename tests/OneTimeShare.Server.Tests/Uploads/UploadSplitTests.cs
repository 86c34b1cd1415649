using CsCheck;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Uploads;

public class UploadSplitTests(RunningServer server) : IClassFixture<RunningServer>
{
    /// <summary>As many bytes as wait in the row until the end: a record and a footer at their longest.</summary>
    private const int Tail = Records.SealedLength + EnvelopeFooter.MaxLength;

    // In a row; in a blob that begins with its last byte; in one that begins sooner; and right at the edges of those.
    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_072)]
    [InlineData(180_000)]
    [InlineData(400_000)]
    public async Task One_byte_at_a_time_around_every_edge_is_the_same_share(int length)
    {
        var secret = await Secret.SealAsync(new byte[length]);
        int end = secret.Envelope.Length;
        int[] edges =
            [0, EnvelopeHeader.Length, end - Tail, EnvelopeHeader.Length + secret.Records.Length, end];
        int[] cuts = [.. edges.SelectMany(edge => Enumerable.Range(edge - 3, 7)).Append(0).Append(end)
            .Where(cut => cut >= 0 && cut <= end).Distinct().Order()];
        await UploadAsync(secret, cuts);
    }

    [Fact]
    public async Task A_manifest_of_any_length_ends_up_where_it_belongs()
    {
        foreach (int files in new[] { 1, 200, 900 })
        {
            var secret = await Secret.SealAsync(
                [.. Enumerable.Range(0, files).Select(number => ($"file {number}", new byte[70_000 / files]))]);
            await UploadAsync(secret, [0, secret.Envelope.Length / 2, secret.Envelope.Length]);
        }
    }

    [Fact]
    public async Task Any_split_of_an_envelope_is_the_same_share()
    {
        var cuts = from length in Gen.Frequency((1, Gen.Int[0, 1000]), (3, Gen.Int[60_000, 300_000]))
                   from shares in Gen.Double[0, 1].Array[0, 6]
                   select (length, shares);
        await cuts.SampleAsync(async split =>
        {
            var secret = await Secret.SealAsync(new byte[split.length]);
            int end = secret.Envelope.Length;
            await UploadAsync(secret, [0, .. split.shares.Select(share => (int)(share * (end - 1))).Order(), end]);
        }, iter: 60, threads: 1);
    }

    private async Task UploadAsync(Secret secret, int[] cuts)
    {
        string upload = await server.BeginAsync(secret);
        foreach (var (start, end) in cuts.Zip(cuts.Skip(1)))
        {
            Assert.Equal(start, await server.OffsetAsync(secret, upload));
            await server.AppendAsync(secret, upload, start, end);
        }

        await server.AssertPublishedAsync(secret, upload);
    }
}
