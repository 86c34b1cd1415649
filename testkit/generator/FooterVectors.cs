using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Footers with a length out of bounds, a changed part, or too little before them.</summary>
internal static class FooterVectors
{
    public static IEnumerable<Vector> All()
    {
        uint[] never = [0, 16, 256, 271, 273, 65_551, 65_568, 65_808, int.MaxValue, 0x80000110, uint.MaxValue];
        foreach (uint length in never)
            yield return Length($"footer-length-{length}", $"A sealed manifest is never {length} bytes long.", length);
        yield return Length("footer-length-of-more-than-there-is",
            "A length that could be, but reaches beyond the start of the records.", 65_552);
        yield return Length("footer-length-into-the-header", "272 too many: the footer would begin in the header.",
            784);
        yield return Length("footer-length-of-all-records",
            "256 too many: a footer that takes the records' bytes for its own does not open.", 528,
            EnvelopeFailure.ManifestTampered);

        yield return Part("link-verifier-flipped", "A bit of the link proof's verifier.",
            d => d.LinkVerifier[0] ^= 1, EnvelopeFailure.WrongLinkKey);
        yield return Part("claim-verifier-flipped", "A bit of the claim proof's verifier.",
            d => d.ClaimVerifier[31] ^= 1, EnvelopeFailure.WrongPassphrase);
        yield return Part("both-verifiers-flipped", "The link key is checked first.",
            d => { d.LinkVerifier[31] ^= 1; d.ClaimVerifier[0] ^= 1; }, EnvelopeFailure.WrongLinkKey);
        yield return Part("claim-verifier-and-manifest-flipped", "The verifiers are checked before anything is opened.",
            d => { d.ClaimVerifier[0] ^= 1; d.Manifest[0] ^= 1; }, EnvelopeFailure.WrongPassphrase);
        yield return Part("manifest-flipped", "A bit of the sealed manifest.",
            d => d.Manifest[0] ^= 1, EnvelopeFailure.ManifestTampered);
        yield return Part("manifest-tag-flipped", "A bit of the sealed manifest's tag.",
            d => d.Manifest[^1] ^= 128, EnvelopeFailure.ManifestTampered);

        yield return Cut("envelope-empty", "No byte.", _ => []);
        yield return Cut("envelope-of-23-bytes", "Less than a header.", e => e[..23]);
        yield return Cut("envelope-of-a-header", "A header and nothing more.", e => e[..24]);
        yield return Cut("envelope-of-363-bytes", "One byte less than header and footer.",
            e => [.. e[..24], .. e[^339..]]);
        var bare = new Draft("envelope-without-records", "Header and footer, and no record between.").SealSecret();
        bare.Records.Clear();
        yield return bare.Fails(EnvelopeFailure.RecordsLength);

        yield return After("trailing-zeros", "Four zero bytes after the footer: its length is now 0.", [0, 0, 0, 0]);
        yield return After("trailing-byte", "One byte after the footer: its length is shifted.", [1]);
        var doubled = new Draft("trailing-footer", "The footer twice: the first one counts as records.").SealSecret();
        byte[] whole = doubled.Join();
        yield return doubled.Fails(EnvelopeFailure.RecordsLength) with { Envelope = [.. whole, .. whole[^340..]] };
    }

    private static Vector Length(
        string name, string about, uint length, EnvelopeFailure failure = EnvelopeFailure.FooterLength)
    {
        var draft = new Draft(name, about).SealSecret();
        draft.ManifestLength = length;
        return draft.Fails(failure);
    }

    private static Vector Part(string name, string about, Action<Draft> change, EnvelopeFailure failure)
    {
        var draft = new Draft(name, about).SealSecret();
        change(draft);
        return draft.Fails(failure);
    }

    private static Vector Cut(string name, string about, Func<byte[], byte[]> cut)
    {
        var draft = new Draft(name, about).SealSecret();
        return draft.Fails(EnvelopeFailure.NotAnEnvelope) with { Envelope = cut(draft.Join()) };
    }

    private static Vector After(string name, string about, byte[] more)
    {
        var draft = new Draft(name, about).SealSecret();
        return draft.Fails(EnvelopeFailure.FooterLength) with { Envelope = [.. draft.Join(), .. more] };
    }
}
