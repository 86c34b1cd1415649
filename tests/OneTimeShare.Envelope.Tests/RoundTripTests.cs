using System.IO.Pipelines;
using CsCheck;

namespace OneTimeShare.Envelope.Tests;

public sealed class RoundTripTests
{
    private static readonly Gen<int> Length = Gen.OneOf(
        Gen.Int[0, 600],
        Gen.Int[0, 150_000],
        Gen.Select(Gen.Int[1, 3], Gen.Int[-1, 1], (records, more) => records * Records.ContentLength + more));

    private static readonly Gen<int[]> Pieces =
        Gen.OneOf(Gen.Int[1, 100], Gen.Int[1, 70_000], Gen.Const(Records.ContentLength)).Array[1, 6];

    [Fact]
    public Task Whatever_is_sealed_opens_to_what_it_was() =>
        Gen.Select(Length.Array[1, 4], Pieces, Pieces).SampleAsync(
            async (lengths, pieces, reads) =>
            {
                using var key = LinkKey.Create();
                using var keys = KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.None), passphrase: null);
                var files = Files(lengths);
                byte[] envelope = await Sealing.SealAsync(keys, key, files, pieces);

                Assert.Null(EnvelopeReader.Open(new ShortReads(envelope, reads), key, null, out var opened));
                using var reader = opened!;
                var (handed, failure) = await Sealing.ReadAllAsync(reader.Content);
                Assert.Null(failure);
                Assert.Equal(
                    files.Select(f => (f.Name, f.Bytes.LongLength)),
                    reader.Manifest.Files.Select(f => (f.Name, f.Size)));
                Assert.True(handed.AsSpan().SequenceEqual(files.SelectMany(f => f.Bytes).ToArray()));
            },
            iter: 60);

    [Fact]
    public Task However_the_content_arrives_the_envelope_is_the_same() =>
        Gen.Select(Length.Array[1, 3], Pieces, Pieces).SampleAsync(
            async (lengths, pieces, reads) =>
            {
                var files = Files(lengths);
                byte[] inPieces = await SealUnderOneHeaderAsync(files, pieces);
                byte[] atOnce = await SealUnderOneHeaderAsync(files, null);
                byte[] streamed = await SealStreamsAsync(files, reads);

                Assert.True(inPieces.AsSpan().SequenceEqual(atOnce));
                Assert.True(inPieces.AsSpan().SequenceEqual(streamed));
                Assert.Equal(Records.SealedLengthOf(lengths.Sum(l => (long)l)), Sealing.RecordsOf(atOnce).Length);
            },
            iter: 60);

    [Fact]
    public async Task Text_and_passphrase_come_through()
    {
        using var key = LinkKey.Create();
        using var passphrase = Sealing.Passphrase("horse");
        using var keys = KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.Argon2id), passphrase);
        byte[] envelope = await Sealing.SealAsync(keys, key, [new("text.txt", [1, 2, 3])], text: true);

        Assert.Null(EnvelopeReader.Open(new MemoryStream(envelope), key, passphrase, out var opened));
        using var reader = opened!;
        Assert.True(reader.Manifest.Text);
        Assert.Equal([1, 2, 3], (await Sealing.ReadAllAsync(reader.Content)).Handed);
    }

    private static List<Plain> Files(int[] lengths) =>
        [.. lengths.Select((length, i) => new Plain($"{i}", Sealing.Bytes(length)))];

    private static async Task<byte[]> SealUnderOneHeaderAsync(List<Plain> files, int[]? pieces)
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        return await Sealing.SealAsync(keys, key, files, pieces);
    }

    private static async Task<byte[]> SealStreamsAsync(List<Plain> files, int[] reads)
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var destination = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(destination), keys, KeySchedule.LinkProof(key));
        foreach (var file in files)
        {
            Assert.True(writer.TryBeginFile(file.Name, ManifestFile.DefaultType));
            Assert.True(await writer.WriteAsync(new ShortReads(file.Bytes, reads)));
        }
        Assert.True(await writer.TryCompleteAsync());
        return destination.ToArray();
    }
}
