using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>A header is taken exactly where it is one that the document describes.</summary>
internal sealed class HeaderTarget() : Target("header")
{
    public override bool Takes(byte[] input)
    {
        var failure = EnvelopeHeader.Read(input, out var header);
        bool isOne = input.Length >= 24 && input.AsSpan(0, 5).SequenceEqual("OTS1\u0001"u8)
            && input[5] <= 1 && input[6] == 0 && input[7] == 0;
        Promise(failure is null == isOne && header is null == !isOne, "a header that is none, or the reverse");
        Promise(header is null || header.Bytes.SequenceEqual(input.AsSpan(0, 24)), "other bytes");
        return isOne;
    }

    public override string Verdict(byte[] input) => Said(EnvelopeHeader.Read(input, out _)) ?? "";
}

/// <summary>A footer is taken exactly where its length can be, and is written as it was read.</summary>
internal sealed class FooterTarget() : Target("footer")
{
    private const int FixedLength = 68;

    public override bool Takes(byte[] input)
    {
        var failure = EnvelopeFooter.Read(input, out var footer);
        long length = input.Length < 4 ? -1
            : (uint)((input[^4] << 24) | (input[^3] << 16) | (input[^2] << 8) | input[^1]);
        bool isOne = length is >= 272 and <= 65_552 && length % 256 == 16 && input.Length >= length + FixedLength;
        Promise(failure is null == isOne && footer is null == !isOne, "a footer that is none, or the reverse");
        if (footer is null)
            return false;
        var written = new byte[footer.Length];
        footer.WriteTo(written);
        Promise(input.AsSpan().EndsWith(written), "written otherwise than read");
        return true;
    }

    public override string Verdict(byte[] input) =>
        Said(EnvelopeFooter.Read(input, out var footer)) ?? $"{footer!.Manifest.Length}";
}
