using System.Security.Cryptography;
using OneTimeShare.Vectors;

namespace OneTimeShare.Envelope.Tests;

public sealed class VectorTests
{
    private static readonly Lazy<List<Vector>> Generated = new(() => [.. Catalogue.All()]);

    public static IEnumerable<TheoryDataRow<string>> Names =>
        Directory.EnumerateFiles(VectorFolder.Find(), "*.vector")
            .Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_vector_gives_what_it_says(string name)
    {
        var vector = new VectorFile(await File.ReadAllTextAsync(
            Path.Combine(VectorFolder.Find(), name + ".vector"), TestContext.Current.CancellationToken));

        Assert.Equal(name, vector.Name);
        Assert.Equal(vector.Expect, await OpenAsync(vector) is { } failure ? Kebab(failure) : "ok");
    }

    [Fact]
    public void The_committed_vectors_are_what_the_generator_makes()
    {
        // To rewrite them: dotnet run --project testkit/generator
        var made = Generated.Value;
        var committed = Directory.EnumerateFiles(VectorFolder.Find(), "*.vector").Select(Path.GetFileName);

        Assert.Equal(
            made.Select(vector => vector.FileName).Order(StringComparer.Ordinal),
            committed.Order(StringComparer.Ordinal));
        Assert.All(made, vector => Assert.Equal(
            vector.ToText(), File.ReadAllText(Path.Combine(VectorFolder.Find(), vector.FileName))));
    }

    [Fact]
    public void Every_failure_has_a_vector()
    {
        var seen = Generated.Value.Select(vector => vector.Failure).OfType<EnvelopeFailure>().ToHashSet();

        Assert.Equal(Enum.GetValues<EnvelopeFailure>().ToHashSet(), seen);
    }

    private static async Task<EnvelopeFailure?> OpenAsync(VectorFile vector)
    {
        if (!LinkKey.TryParse(vector.LinkKey, out var linkKey))
            return EnvelopeFailure.MalformedLinkKey;
        if (!Passphrase.TryParse(vector.Passphrase, out var passphrase))
            return EnvelopeFailure.MalformedPassphrase;
        using var envelope = new MemoryStream(vector.Envelope);
        if (EnvelopeReader.Open(envelope, linkKey, passphrase, out var opened) is { } refused)
            return refused;

        using var reader = opened!;
        if (vector.Served is null)
            return await ReadAsync(vector, reader.Manifest, reader.Content);
        using var keys = KeySchedule.Derive(linkKey, HeaderOf(vector.Envelope), passphrase);
        using var content = new ContentReader(new MemoryStream(vector.Served), keys, reader.Manifest);
        return await ReadAsync(vector, reader.Manifest, content);
    }

    private static async Task<EnvelopeFailure?> ReadAsync(VectorFile vector, Manifest manifest, ContentReader content)
    {
        var (bytes, failure) = await Sealing.ReadAllAsync(content);
        if (failure is not null)
            return failure;

        Assert.Equal(vector.Text, manifest.Text);
        var safe = FileNames.Safe(manifest);
        int at = 0;
        Assert.Equal(vector.Files.Count(), manifest.Files.Length);
        foreach (var (expected, index) in vector.Files.Select((file, i) => (file, i)))
        {
            var file = manifest.Files[index];
            Assert.Equal(expected.GetProperty("name").GetString(), file.Name);
            Assert.Equal(expected.GetProperty("type").GetString(), file.Type);
            Assert.Equal(expected.GetProperty("size").GetInt64(), file.Size);
            Assert.Equal(expected.GetProperty("safe").GetString(), safe[index]);
            Assert.Equal(
                expected.GetProperty("sha256").GetString(),
                Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(at, (int)file.Size))));
            at += (int)file.Size;
        }
        Assert.Equal(bytes.Length, at);
        return null;
    }

    private static EnvelopeHeader HeaderOf(byte[] envelope)
    {
        Assert.Null(EnvelopeHeader.Read(envelope, out var header));
        return header!;
    }

    // By hand, so that a failure that is renamed is seen here.
    private static string Kebab(EnvelopeFailure failure) => failure switch
    {
        EnvelopeFailure.MalformedLinkKey => "malformed-link-key",
        EnvelopeFailure.MalformedPassphrase => "malformed-passphrase",
        EnvelopeFailure.NotAnEnvelope => "not-an-envelope",
        EnvelopeFailure.UnknownSuite => "unknown-suite",
        EnvelopeFailure.UnknownKdf => "unknown-kdf",
        EnvelopeFailure.ReservedNotZero => "reserved-not-zero",
        EnvelopeFailure.FooterLength => "footer-length",
        EnvelopeFailure.WrongLinkKey => "wrong-link-key",
        EnvelopeFailure.PassphraseRequired => "passphrase-required",
        EnvelopeFailure.WrongPassphrase => "wrong-passphrase",
        EnvelopeFailure.ManifestTampered => "manifest-tampered",
        EnvelopeFailure.ManifestMalformed => "manifest-malformed",
        EnvelopeFailure.RecordsLength => "records-length",
        EnvelopeFailure.RecordTampered => "record-tampered",
        EnvelopeFailure.RecordsTruncated => "records-truncated",
        EnvelopeFailure.TrailingBytes => "trailing-bytes",
        EnvelopeFailure.PaddingNotZero => "padding-not-zero",
    };
}
