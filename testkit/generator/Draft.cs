using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>
/// A vector in the making: an envelope in its parts, sealed by the library's writer or piece by piece, that can be
/// changed before they are joined. Key and salt follow from the name, so that no two vectors share a header.
/// </summary>
internal sealed class Draft
{
    private readonly string _name;
    private readonly string _about;
    private readonly string? _passphrase;
    private readonly LinkKey _linkKey;
    private readonly KeySchedule _keys;
    private IReadOnlyList<Plain> _files = [];
    private bool _text;

    public Draft(string name, string about, string? passphrase = null)
    {
        (_name, _about, _passphrase) = (name, about, passphrase);
        LinkKey = StrictBase64Url.Encode(Hash($"link key of {name}"));
        if (!Envelope.LinkKey.TryParse(LinkKey, out _linkKey!) || !Passphrase.TryParse(passphrase, out var stretched))
            throw new ArgumentException($"{name} has no such key or passphrase.", nameof(name));
        var kdf = stretched is null ? Kdf.None : Kdf.Argon2id;
        var header = EnvelopeHeader.WithSalt(kdf, Hash($"salt of {name}").AsSpan(0, EnvelopeHeader.SaltLength));
        _keys = KeySchedule.Derive(_linkKey, header, stretched);

        Header = header.Bytes.ToArray();
        LinkVerifier = KeySchedule.LinkProof(_linkKey).Verifier.ToArray();
        ClaimVerifier = _keys.ClaimProof.Verifier.ToArray();
    }

    public string LinkKey { get; }

    public byte[] Header { get; }

    public List<byte[]> Records { get; set; } = [];

    public byte[] Manifest { get; set; } = [];

    public byte[] LinkVerifier { get; }

    public byte[] ClaimVerifier { get; }

    /// <summary>What the last four bytes say, where it is not the truth.</summary>
    public uint? ManifestLength { get; set; }

    /// <summary>Seals by the library's writer, as every honest sender does.</summary>
    public Draft Seal(params Plain[] files) => Seal(text: false, files);

    public Draft Seal(bool text, params Plain[] files)
    {
        (_files, _text) = (files, text);
        using var sealed_ = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(sealed_), _keys, KeySchedule.LinkProof(_linkKey));
        foreach (var file in files)
        {
            if (!writer.TryBeginFile(file.Name, file.Type))
                throw new InvalidOperationException($"{_name}: too many names");
            Done(writer.WriteAsync(new MemoryStream(file.Bytes)));
        }
        Done(writer.TryCompleteAsync(text));

        var bytes = sealed_.ToArray().AsSpan(Header.Length);
        if (EnvelopeFooter.Read(bytes, out var footer) is { } failure)
            throw new InvalidOperationException($"{_name}: {failure}");
        Manifest = footer!.Manifest.Bytes.ToArray();
        Records = [.. bytes[..^footer.Length].ToArray().Chunk(Envelope.Records.SealedLength)];
        return this;
    }

    /// <summary>The vectors' usual secret.</summary>
    public Draft SealSecret() => Seal(new Plain("secret.txt", "correct horse"u8.ToArray(), "text/plain"));

    /// <summary>Seals another manifest over the same records, padded with spaces.</summary>
    public Draft WithManifest(byte[] json)
    {
        int padded = (json.Length + 255) / 256 * 256;
        Manifest = SealedManifest.Seal([.. json, .. Enumerable.Repeat((byte)' ', padded - json.Length)], _keys)
            .Bytes.ToArray();
        return this;
    }

    public Draft WithManifest(string json) => WithManifest(Utf8(json));

    /// <summary>Seals other records: each with the nonce that it is given.</summary>
    public Draft WithRecords(params (byte[] Plain, long Index, bool Last)[] records)
    {
        Records = [.. records.Select(record =>
        {
            using var aes = new AesGcm(_keys.ContentKey, Envelope.Records.TagLength);
            var (nonce, bytes) = (
                new byte[RecordNonce.Length], new byte[record.Plain.Length + Envelope.Records.TagLength]);
            RecordNonce.Write(nonce, record.Index, record.Last);
            aes.Encrypt(
                nonce, record.Plain, bytes.AsSpan(0, record.Plain.Length), bytes.AsSpan(record.Plain.Length));
            return bytes;
        })];
        return this;
    }

    public byte[] Join()
    {
        uint length = ManifestLength ?? (uint)Manifest.Length;
        byte[] last = [(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        return [.. Header, .. Records.SelectMany(r => r), .. Manifest, .. LinkVerifier, .. ClaimVerifier, .. last];
    }

    public Vector Opens() => Vector() with { Files = _files, Text = _text };

    public Vector OpensTo(params Plain[] files) => Vector() with { Files = files };

    public Vector Fails(EnvelopeFailure failure) => Vector() with { Failure = failure };

    /// <summary>Fails where a server sends these records instead.</summary>
    public Vector FailsServed(EnvelopeFailure failure, IEnumerable<byte> served) =>
        Vector() with { Failure = failure, Served = [.. served] };

    public static byte[] Utf8(string text) => new UTF8Encoding(false, true).GetBytes(text);

    private Vector Vector() => new(_name, _about, LinkKey, _passphrase, Join());

    private static byte[] Hash(string text) => SHA256.HashData(Utf8(text));

    private void Done(ValueTask<bool> task)
    {
        if (!task.AsTask().GetAwaiter().GetResult())
            throw new InvalidOperationException($"{_name} cannot be sealed.");
    }
}
