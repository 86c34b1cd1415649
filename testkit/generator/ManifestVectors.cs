using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Manifests as other writers may spell them, and what is none. The records hold 1 byte, padded to
/// 256.</summary>
internal static class ManifestVectors
{
    private const string File = """{"name":"a","type":"text/plain","size":1}""";
    private static readonly Plain A = new("a", Plain.Pattern(1), "text/plain");
    private static readonly Plain Untyped = new("a", Plain.Pattern(1));

    public static IEnumerable<Vector> Opened() =>
    [
        Opens("type-missing", "A file without a type is application/octet-stream.",
            """{"files":[{"name":"a","size":1}]}""", Untyped),
        Opens("type-empty", "An empty type is a type.",
            """{"files":[{"name":"a","type":"","size":1}]}""", new Plain("a", Plain.Pattern(1), "")),
        Opens("unknown-fields", "Unknown fields are ignored, whatever they hold.",
            $$"""{"v":2,"x":{"files":[]},"n":1e999,"files":[{"z":[null],"name":"a","type":"text/plain","size":1}]}"""),
        Opens("unknown-field-nested", "An unknown field nests 200 deep.",
            $$"""{"x":{{new string('[', 200)}}{{new string(']', 200)}},"files":[{{File}}]}"""),
        Opens("unknown-field-not-unicode", "Escaped lone surrogates in unknown fields, and in their names.",
            $$"""{"x":"\ud800","fi\udc00":1,"files":[{{File}}]}"""),
        Opens("duplicate-fields", "Of a field that is there twice the last one counts.",
            """{"files":[],"files":[{"name":"z","size":1e9,"name":"a","size":1,"type":7,"type":"text/plain"}]}"""),
        Opens("escaped-fields", "A field's name may be escaped.",
            """{"\u0066iles":[{"n\u0061me":"\u0061","type":"text\/plain","\u0073ize":1}]}"""),
        Opens("white-space", "JSON's white space, wherever JSON allows it.",
            "\t\r\n { \"files\" :\n[ " + File + " ] }\r\n\t"),
        Opens("text-and-two-files", "Text with more than one file is ignored.",
            """{"files":[{"name":"a","type":"text/plain","size":1},{"name":"b","size":0}],"text":true}""",
            A, new Plain("b", [])),
        Opens("text-false", "A text that is false is none.", $$"""{"files":[{{File}}],"text":false}"""),
        Opens("text-string", "Only true makes a text.", $$"""{"files":[{{File}}],"text":"true"}"""),
        Opens("text-number", "Only true makes a text, and 1 is not true.", $$"""{"files":[{{File}}],"text":1}"""),
        Opens("no-padding", "A manifest of exactly 256 bytes has no space at its end.",
            Filled($$"""{"files":[{{File}}],"x":"@"}""", 256)),
        Opens("padded-further", "More padding than needed is no harm.",
            ($$"""{"files":[{{File}}]}""").PadRight(1024)),
        Opens("longest", "65,536 bytes, the longest manifest.", Filled($$"""{"files":[{{File}}],"x":"@"}""", 65_536)),
    ];

    public static IEnumerable<Vector> Refused() =>
    [
        Refused("not-json", "No JSON.", "files=a"),
        Refused("blank", "Nothing but padding.", " "),
        Refused("truncated", "JSON that ends early.", """{"files":[{"name":"a","size":1}"""),
        Refused("followed-by-more", "Something after the JSON.", $$"""{"files":[{{File}}]}{}"""),
        Refused("comment", "JSON has no comments.", $$"""{"files":[{{File}}]/**/}"""),
        Refused("trailing-comma", "JSON has no trailing commas.", $$"""{"files":[{{File}},]}"""),
        Refused("padded-with-nul", "Padding is spaces.", $"{{\"files\":[{File}]}}\0"),
        Refused("byte-order-mark", "A byte order mark.", "\ufeff{\"files\":[" + File + "]}"),
        Refused("utf-16", "UTF-16.",
            [.. """{"files":[{"name":"a","size":1}]}"""u8.ToArray().SelectMany(b => new byte[] { b, 0 })]),
        Refused("array", "An array.", $"[{File}]"),
        Refused("null", "null.", "null"),
        Refused("no-files", "No files.", """{"text":true}"""),
        Refused("empty-files", "An empty list of files.", """{"files":[]}"""),
        Refused("files-object", "Files that are no list.", "{\"files\":{\"0\":" + File + "}}"),
        Refused("files-capital", "Names of fields are exact.", $$"""{"Files":[{{File}}]}"""),
        Refused("file-null", "A file that is null.", $$"""{"files":[{{File}},null]}"""),
        Refused("name-missing", "No name.", """{"files":[{"size":1}]}"""),
        Refused("name-null", "A name that is null.", """{"files":[{"name":null,"size":1}]}"""),
        Refused("name-number", "A name that is a number.", """{"files":[{"name":1,"size":1}]}"""),
        Refused("name-lone-surrogate", "A name with an escaped lone surrogate.",
            """{"files":[{"name":"a\ud800","size":1}]}"""),
        Refused("name-swapped-surrogates", "Two surrogates in the wrong order.",
            """{"files":[{"name":"\ude00\ud83d","size":1}]}"""),
        Refused("name-encoded-surrogate", "A surrogate encoded as three bytes.", Around([0xED, 0xA0, 0x80])),
        Refused("name-invalid-utf-8", "A byte that no UTF-8 has.", Around([0xFF])),
        Refused("name-overlong-utf-8", "A slash in two bytes.", Around([0xC0, 0xAF])),
        Refused("unknown-field-invalid-utf-8", "Invalid UTF-8 in a field that would be ignored.",
            [.. "{\"x\":\""u8, 0xFF, .. Draft.Utf8($"\",\"files\":[{File}]}}")]),
        Refused("type-null", "A type that is null is not missing.",
            """{"files":[{"name":"a","type":null,"size":1}]}"""),
        Refused("type-number", "A type that is a number.", """{"files":[{"name":"a","type":1,"size":1}]}"""),
        Refused("type-lone-surrogate", "A type that is not Unicode.",
            """{"files":[{"name":"a","type":"\udfff","size":1}]}"""),
        Refused("size-missing", "No size.", """{"files":[{"name":"a"}]}"""),
        Sized("size-null", "A size that is null.", "null"),
        Sized("size-string", "A size in quotes.", "\"1\""),
        Sized("size-exponent", "1e0 is one, and not written in digits.", "1e0"),
        Sized("size-fraction", "1.0 is one, and not written in digits.", "1.0"),
        Sized("size-minus-zero", "-0 is zero, and not written in digits.", "-0"),
        Sized("size-negative", "Less than nothing.", "-1"),
        Sized("size-leading-zero", "JSON has no leading zeros.", "01"),
        Sized("size-over-2-to-48", "2^48 + 1.", "281474976710657"),
        Sized("size-over-2-to-53", "2^53 + 1, which is 2^53 to a double.", "9007199254740993"),
        Sized("size-over-2-to-64", "2^64 + 1, which is 1 to who counts in 64 bits.", "18446744073709551617"),
        Sized("size-of-400-digits", "A number that is infinite to a double.", new string('9', 400)),
        Refused("sizes-over-2-to-48", "Sizes that are each allowed, and their sum is not.",
            """{"files":[{"name":"a","size":281474976710656},{"name":"b","size":1}]}"""),
        Refused("sizes-over-2-to-64", "Sizes whose sum is 1 to who counts in 64 bits.",
            """{"files":[{"name":"a","size":18446744073709551615},{"name":"b","size":2}]}"""),
        Secret("sizes-too-small", "A file of 1 byte, and records for 272.", 257)
            .WithManifest($$"""{"files":[{{File}}]}""").Fails(EnvelopeFailure.RecordsLength),
        Secret("sizes-too-large", "A file of 257 bytes, and records for 256.", 1)
            .WithManifest("""{"files":[{"name":"a","size":257}]}""").Fails(EnvelopeFailure.RecordsLength),
        Secret("sizes-of-2-to-48", "The largest secret, and records for 256 bytes.", 1)
            .WithManifest("""{"files":[{"name":"a","size":281474976710656}]}""").Fails(EnvelopeFailure.RecordsLength),
    ];

    private static Vector Opens(string name, string about, string json, params Plain[] files) =>
        Secret(name, about, 1).WithManifest(json).OpensTo(files is [] ? [A] : files);

    private static Vector Refused(string name, string about, string json) => Refused(name, about, Draft.Utf8(json));

    private static Vector Refused(string name, string about, byte[] json) =>
        Secret(name, about, 1).WithManifest(json).Fails(EnvelopeFailure.ManifestMalformed);

    private static Vector Sized(string name, string about, string size) =>
        Refused(name, about, $$"""{"files":[{"name":"a","size":{{size}}}]}""");

    private static Draft Secret(string name, string about, int length) =>
        new Draft($"manifest-{name}", about).Seal(new Plain("a", Plain.Pattern(length)));

    private static string Filled(string json, int length) =>
        json.Replace("@", new string('x', length - json.Length + 1));

    private static byte[] Around(byte[] name) =>
        [.. "{\"files\":[{\"size\":1,\"name\":\"a"u8, .. name, .. "\"}]}"u8];
}
