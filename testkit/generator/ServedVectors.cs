using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Envelopes that are whole, and a server that sends other records after the claim.</summary>
internal static class ServedVectors
{
    public static IEnumerable<Vector> All()
    {
        yield return Small("served-nothing", "No record.", EnvelopeFailure.RecordsTruncated, _ => []);
        yield return Small("served-byte-missing", "All but the last byte.", EnvelopeFailure.RecordsTruncated,
            r => r[..^1]);
        yield return Small("served-trailing-byte", "One byte more.", EnvelopeFailure.TrailingBytes, r => [.. r, 0]);
        yield return Small("served-doubled-last", "The last record twice.", EnvelopeFailure.TrailingBytes,
            r => [.. r, .. r]);
        yield return Small("served-16-bytes-more", "An empty record more.", EnvelopeFailure.TrailingBytes,
            r => [.. r, .. r[^16..]]);
        yield return Small("served-flipped", "A bit is flipped.", EnvelopeFailure.RecordTampered,
            r => [(byte)(r[0] ^ 1), .. r[1..]]);
        yield return Small("served-flipped-and-trailing",
            "A record that does not authenticate counts before what follows.",
            EnvelopeFailure.RecordTampered, r => [(byte)(r[0] ^ 1), .. r[1..], 0]);

        var dropped = new Draft("served-dropped-last", "The first of two records and not the second.")
            .Seal(new Plain("secret.bin", Plain.Pattern(Records.ContentLength + 1)));
        yield return dropped.FailsServed(EnvelopeFailure.RecordsTruncated, dropped.Records[0]);
    }

    private static Vector Small(string name, string about, EnvelopeFailure failure, Func<byte[], byte[]> served)
    {
        var draft = new Draft(name, about).SealSecret();
        return draft.FailsServed(failure, served(draft.Records[0]));
    }
}
