using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>A whole envelope, under the key of one: it opens to what was sealed, or not at all.</summary>
internal sealed class EnvelopeTarget() : Target("envelope")
{
    // Of "text.vector": bytes that anybody can look up, so that an input that was found says the same tomorrow.
    private const string KeyOfText = "eqv6nRlMTiG3hW4jk-aY1f7LLXZvp2pRG1gtlGtRcbI";

    private readonly LinkKey _key =
        LinkKey.TryParse(KeyOfText, out var key) ? key : throw new InvalidOperationException();
    private readonly byte[] _room = new byte[Records.ContentLength];

    /// <summary>The genuine one.</summary>
    public required byte[] Genuine { get; init; }

    public override bool Takes(byte[] input)
    {
        var failure = EnvelopeReader.Open(new MemoryStream(input), _key, null, out var reader);
        Promise(failure is null == reader is not null, "neither or both");
        if (reader is null)
            return false;
        using (reader)
        {
            Promise(reader.Manifest.Files is [{ Name: "text.txt", Size: 18 }], "another manifest");
            var piece = reader.Content.ReadAsync(_room).AsTask().GetAwaiter().GetResult();
            bool isSame = input.AsSpan().SequenceEqual(Genuine);
            Promise(isSame == (piece.Failure is null && piece.Bytes.Length == 18), "opens changed, or the reverse");
            Promise(isSame || piece.Bytes.IsEmpty, "a byte that is not authenticated");
            return isSame;
        }
    }

    public override ValueTask DisposeAsync()
    {
        _key.Dispose();
        return base.DisposeAsync();
    }
}
