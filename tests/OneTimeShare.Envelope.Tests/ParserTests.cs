using System.Text;
using CsCheck;

namespace OneTimeShare.Envelope.Tests;

/// <summary>What comes from outside may be anything: a parser answers, it does not throw.</summary>
public sealed class ParserTests
{
    private static readonly byte[] Json = Sealing.Utf8(
        """
        {"files":[{"name":"a\ud83d\ude00","type":"text/plain","size":1},{"name":"b","size":2}],"x":[1e9,null]}
        """);

    private static readonly byte[] Punctuation = "{}[]\",:\\u/0123456789eE.-+ntfd8 "u8.ToArray();

    private static readonly Gen<byte[]> JsonBytes = Gen.OneOf(Punctuation).Array[0, 5];

    [Fact]
    public void Of_any_bytes_header_and_footer_are_read_or_refused() =>
        Gen.Byte.Array[0, 1000].Sample(bytes =>
        {
            var failure = EnvelopeHeader.Read(bytes, out var header);
            Assert.NotEqual(failure is null, header is null);
            failure = EnvelopeFooter.Read(bytes, out var footer);
            Assert.NotEqual(failure is null, footer is null);
        });

    [Fact]
    public void Of_any_length_a_footer_is_read_or_refused() =>
        Gen.Select(Gen.OneOf(Gen.UInt, Gen.UInt[0, 70_000]), Gen.Int[0, 70_000]).Sample((length, size) =>
        {
            byte[] tail = [.. new byte[size], (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8),
                (byte)length];
            bool possible = length is >= 272 and <= 65_552 && length % 256 == 16 && tail.Length >= length + 68;
            var failure = EnvelopeFooter.Read(tail, out var footer);
            Assert.Equal(possible, failure is null);
            Assert.Equal(possible ? (int)length : null, footer?.Manifest.Length);
        });

    [Fact]
    public void Of_any_JSON_a_manifest_is_decoded_or_refused() =>
        Gen.OneOf(Gen.Byte.Array[0, 300], JsonBytes.Array[0, 40].Select(p => p.SelectMany(b => b).ToArray()),
            Mutated(Json))
            .Sample(
                bytes =>
                {
                    if (!Manifest.TryDecode(bytes, out var manifest))
                        return;
                    Assert.NotEmpty(manifest.Files);
                    Assert.InRange(manifest.ContentLength, 0, Padding.MaxLength);
                    Assert.True(manifest.TryEncode(out var encoded));
                    Assert.True(Manifest.TryDecode(encoded, out var again));
                    Assert.Equal(manifest.Files, again.Files);
                },
                iter: 20_000);

    [Fact]
    public async Task Of_any_envelope_a_reader_opens_it_or_says_why_not()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        byte[] envelope = await Sealing.SealAsync(keys, key, [new("a", Sealing.Bytes(100))]);

        Gen.OneOf(Gen.Byte.Array[0, 700], Mutated(envelope)).Sample(
            bytes =>
            {
                var failure = EnvelopeReader.Open(new MemoryStream(bytes), key, null, out var reader);
                Assert.NotEqual(failure is null, reader is null);
                reader?.Dispose();
            },
            iter: 3000);
    }

    [Fact]
    public async Task Of_any_sealed_manifest_a_reader_opens_it_or_says_why_not()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        byte[] envelope = await Sealing.SealAsync(keys, key, [new("a", [1, 2, 3])]);
        byte[] before = envelope[..^EnvelopeFooter.MinLength];

        Mutated(Json).Where(json => json.Length <= 256).Sample(
            json =>
            {
                byte[] padded = [.. json, .. Enumerable.Repeat((byte)' ', 256 - json.Length)];
                byte[] whole = [.. before, .. SealedManifest.Seal(padded, keys).Bytes, .. envelope[^68..]];
                var failure = EnvelopeReader.Open(new MemoryStream(whole), key, null, out var reader);
                reader?.Dispose();
                Assert.True(failure is null or EnvelopeFailure.ManifestMalformed or EnvelopeFailure.RecordsLength);
            },
            iter: 3000);
    }

    [Fact]
    public void Of_any_text_a_link_is_read_or_refused() =>
        Gen.OneOf(
            Gen.String,
            Mutated(Encoding.ASCII.GetBytes(
                "https://[::1]:8443/a/d/AAECAwQFBgcICQoLDA0ODw?x#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"))
                .Select(Encoding.Latin1.GetString))
            .Sample(
                text =>
                {
                    if (!ShareLink.TryParse(text, out var link))
                        return;
                    Assert.True(ShareLink.TryParse(link.ToLink(), out var again));
                    Assert.Equal(link.ToLink(), again.ToLink());
                },
                iter: 20_000);

    private static Gen<byte[]> Mutated(byte[] bytes) =>
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 4], JsonBytes, Gen.Byte.Array[0, 2]).Array[1, 4]
            .Select(edits =>
        {
            byte[] mutated = bytes;
            foreach (var (at, gone, json, any) in edits)
            {
                int from = Math.Min(at, mutated.Length);
                mutated = [.. mutated[..from], .. json, .. any, .. mutated[Math.Min(from + gone, mutated.Length)..]];
            }
            return mutated;
        });
}
