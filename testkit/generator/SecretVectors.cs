namespace OneTimeShare.Vectors;

/// <summary>Secrets that open, of every length where something changes.</summary>
internal static class SecretVectors
{
    public static IEnumerable<Vector> All()
    {
        yield return new Draft("empty-text", "An empty text: one record of 256 zero bytes.")
            .Seal(text: true, new Plain("text.txt", [], "text/plain")).Opens();
        yield return new Draft("text", "One typed text with a line end at its end, which stays.")
            .Seal(text: true, new Plain("text.txt", Draft.Utf8("p\u00e4ss \u65e5\u672c \ud83d\udd11\n"),
                "text/plain")).Opens();
        yield return OfLength("one-byte", "One byte, padded to 256.", 1);
        yield return OfLength("bytes-255", "One byte of padding.", 255);
        yield return OfLength("bytes-256", "The longest secret that is padded to 256: no padding.", 256);
        yield return OfLength("bytes-257", "The shortest that is padded beyond 256: to 272.", 257);
        yield return OfLength("bytes-1023-pad-to-1024", "A power of two from below.", 1023);
        yield return OfLength("bytes-1025-pad-to-1088", "A power of two from above: a step of 64.", 1025);
        yield return OfLength("exactly-one-record-padded", "64,000 bytes, padded to exactly one record.", 64_000);
        yield return OfLength("exactly-one-record-full", "65,536 bytes: one full record, which is the last.", 65_536);
        yield return OfLength("one-byte-more-than-a-record", "65,537 bytes: two records, padded to 67,584.", 65_537);
        yield return new Draft("two-full-records", "131,072 bytes in two files that meet inside a record: no padding.")
            .Seal(new Plain("a.bin", Plain.Pattern(70_000)), new Plain("b.bin", Plain.Pattern(61_072))).Opens();
        yield return new Draft("several-files", "Three files, their bytes one after another.")
            .Seal(
                new Plain("a.txt", "alpha"u8.ToArray(), "text/plain"),
                new Plain("b.json", "{}"u8.ToArray(), "application/json"),
                new Plain("c.bin", Plain.Pattern(300))).Opens();
        yield return new Draft("an-empty-file-among-several", "The first, one in the middle and the last are empty.")
            .Seal(
                new Plain("0", []), new Plain("1", "one"u8.ToArray()), new Plain("2", []),
                new Plain("3", "three"u8.ToArray()), new Plain("4", [])).Opens();
        yield return new Draft("only-empty-files", "Two files and not a byte.")
            .Seal(new Plain("a", []), new Plain("b", [])).Opens();
        yield return new Draft("zero-bytes-are-content", "A secret that ends in zero bytes keeps them.")
            .Seal(new Plain("zeros.bin", new byte[40])).Opens();
    }

    private static Vector OfLength(string name, string about, int length) =>
        new Draft(name, about).Seal(new Plain("secret.bin", Plain.Pattern(length))).Opens();
}
