using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>
/// Records changed, moved, dropped and doubled. The manifest pins their length, so that most of this is already seen
/// there; where it matters what the records themselves say, the manifest is made to fit.
/// </summary>
internal static class RecordVectors
{
    private const int Full = Records.ContentLength;
    private static readonly byte[] Padded = [.. Plain.Pattern(100), .. new byte[156]];

    public static IEnumerable<Vector> All() => [.. Flipped(), .. Lengths(), .. Order(), .. Padding()];

    private static IEnumerable<Vector> Flipped()
    {
        yield return Changed("record-flipped", "The first bit of a record.", r => r[0][0] ^= 128);
        yield return Changed("record-padding-flipped", "A bit of the padding's ciphertext.", r => r[0][200] ^= 1);
        yield return Changed("record-tag-flipped", "The last bit of a record's tag.", r => r[0][^1] ^= 1);
        yield return Changed("record-zeroed", "A record of zeros.", r => r[0].AsSpan().Clear());

        var other = new Draft("record-of-another-envelope", "A record of the same length, sealed under other keys.")
            .SealSecret();
        other.Records = new Draft("the-other-envelope", "").SealSecret().Records;
        yield return other.Fails(EnvelopeFailure.RecordTampered);
        yield return Small("record-not-marked-last", "The only record is sealed as one of several.")
            .WithRecords((Padded, 0, false))
            .Fails(EnvelopeFailure.RecordTampered);
        yield return Small("record-counted-from-one", "The first record is sealed as the second.")
            .WithRecords((Padded, 1, true))
            .Fails(EnvelopeFailure.RecordTampered);
    }

    private static IEnumerable<Vector> Lengths()
    {
        yield return OfLength("records-byte-missing", "The last byte of the records is gone.", r => r[0] = r[0][..^1]);
        yield return OfLength(
            "records-trailing-byte", "A byte between the records and the footer.", r => r[0] = [.. r[0], 0]);
        yield return OfLength("records-doubled-last", "The last record twice.", r => r.Add(r[0]));
        yield return OfLength("records-of-16-bytes", "A last record of 16 bytes, which holds nothing, alone.",
            r => r[0] = r[0][^16..]);
        yield return Small("records-empty-last",
            "An empty last record after the one that holds the content.")
            .WithRecords((Padded, 0, false), ([], 1, true)).Fails(EnvelopeFailure.RecordsLength);

        var dropped = Large("records-dropped-last", "The last of two records is gone.", Full + 1);
        dropped.Records.RemoveAt(1);
        yield return dropped.Fails(EnvelopeFailure.RecordsLength);
    }

    private static IEnumerable<Vector> Order()
    {
        var dropped = Large("records-dropped-last-manifest-fits",
            "The last of two records is gone, and the sizes agree:"
            + " the first is not marked as the last.", Full + 1).WithManifest(Sized(Full));
        dropped.Records.RemoveAt(1);
        yield return dropped.Fails(EnvelopeFailure.RecordTampered);

        var doubled = Large("records-doubled-last-manifest-fits", "A full last record twice, and the sizes agree:"
            + " the first is marked as the last.", Full).WithManifest(Sized(2 * Full));
        doubled.Records.Add(doubled.Records[0]);
        yield return doubled.Fails(EnvelopeFailure.RecordTampered);

        var swapped = Large("records-swapped", "Two full records in each other's place.", 2 * Full);
        swapped.Records.Reverse();
        yield return swapped.Fails(EnvelopeFailure.RecordTampered);
        var repeated = Large("records-repeated-first", "The first record in the second's place too.", 2 * Full);
        repeated.Records[1] = repeated.Records[0];
        yield return repeated.Fails(EnvelopeFailure.RecordTampered);
        var second = Large("records-second-flipped", "The first record is whole, the second is not.", Full + 1);
        second.Records[1][0] ^= 1;
        yield return second.Fails(EnvelopeFailure.RecordTampered);
    }

    private static IEnumerable<Vector> Padding()
    {
        foreach (int at in (int[])[100, 200, 255])
        {
            byte[] plain = [.. Padded];
            plain[at] = 1;
            yield return Small($"padding-not-zero-at-{at}", $"100 bytes of content, and byte {at} is a 1.")
                .WithRecords((plain, 0, true)).Fails(EnvelopeFailure.PaddingNotZero);
        }
        yield return new Draft("padding-not-zero-of-nothing", "An empty text whose padding is not empty.")
            .Seal(text: true, new Plain("text.txt", []))
            .WithRecords((Padded, 0, true)).Fails(EnvelopeFailure.PaddingNotZero);
    }

    private static Vector Changed(string name, string about, Action<List<byte[]>> change)
    {
        var draft = Small(name, about);
        change(draft.Records);
        return draft.Fails(EnvelopeFailure.RecordTampered);
    }

    private static Vector OfLength(string name, string about, Action<List<byte[]>> change)
    {
        var draft = Small(name, about);
        change(draft.Records);
        return draft.Fails(EnvelopeFailure.RecordsLength);
    }

    private static Draft Small(string name, string about) => Large(name, about, 100);

    private static Draft Large(string name, string about, int length) =>
        new Draft(name, about).Seal(new Plain("secret.bin", Plain.Pattern(length)));

    private static string Sized(int size) => $$"""{"files":[{"name":"secret.bin","size":{{size}}}]}""";
}
