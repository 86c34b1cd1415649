using System.Text.RegularExpressions;
using OneTimeShare.Envelope;
using OneTimeShare.Fuzz.Targets;

namespace OneTimeShare.Fuzz;

/// <summary>Everything that is fuzzed, with what to begin from.</summary>
internal static partial class AllTargets
{
    private const string Id = "AAECAwQFBgcICQoLDA0ODw", Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private static readonly IReadOnlyList<byte[]> JsonWords = Target.Texts(
        "{", "}", "[", "]", "\"", ",", ":", "\\u0041", "\\ud800", "\\udc00", "\\\\", "null", "true", "false", "1e3",
        "1.0", "-0", "00", "281474976710656", "9223372036854775808", "\"files\":", "\"name\":", "\"type\":",
        "\"size\":", "\"text\":", "{\"name\":\"a\",\"size\":1}", "\u00e9", "\ud83d\ude00", "/**/", "\ufeff",
        "  ", "\t");

    private static readonly IReadOnlyList<byte[]> NameWords = Target.Texts(
        "|", "/", "\\", "..", ".", " (2)", ".txt", "a|a|a", "\u202e", "\u2066", "\u200f", "\u2028", "\u0000", "\u0085",
        "\"", "%22", "%0D%0A", ";", "=", "CON", "\ud83d\ude00", "\u0301", "\ufffd", new string('n', 300));

    private static readonly Dictionary<string, Func<Target>> All = new()
    {
        ["header"] = () => new HeaderTarget { Seeds = Envelopes(24, 64), Share = 32 },
        ["footer"] = () => new FooterTarget { Seeds = [.. Tails(), new byte[340]], Words = Lengths(), Share = 32 },
        ["manifest"] = () => new ManifestTarget { Seeds = Manifests(), Words = JsonWords, Share = 40 },
        ["envelope"] = () => new EnvelopeTarget { Genuine = Vector("text"), Seeds = [Vector("text")], Share = 20 },
        ["records"] = () => new RecordsTarget
        {
            Seeds = [[0], [1], [242], [243], [244], [1, 0, 0, 0, 3], [243, 3, 1, 0, 0], [244, 4, 0, 0, 0]],
            MaxLength = 24,
            Share = 12,
        },
        ["base64url"] = () => new Base64UrlTarget
        {
            Seeds = Target.Texts("", "AA", Id, Key, "-_-_"),
            Words = Target.Texts("=", "+", "/", "-", "_", " ", Id),
            MaxLength = 128,
            Share = 32,
        },
        ["link"] = () => new LinkTarget
        {
            Seeds = Target.Texts(
                $"https://[::1]:8443/a/d/{Id}?x#{Key}", $"http://h/r/{Id}#{Id}", $" HTTP://h/d/{Id}#{Key}\n"),
            Words = Target.Texts("#", "%23", "/d/", "/r/", "?", "//", "@", "\\", "javascript:", "file:", Id, Key, ".."),
            MaxLength = 512,
            Share = 24,
        },
        ["passphrase"] = () => new PassphraseTarget
        {
            Seeds = [.. Target.Texts("", "hush", "\u00e9e\u0301", new string('p', 1024)), [0xd8, 0, 0xdc, 0]],
            Share = 24,
        },
        ["names"] = () => new NamesTarget
        {
            Seeds = Target.Texts("a.txt|b.txt", "a.txt|a.txt", "../../.ssh/x|\u202egpj.exe|"),
            Words = NameWords,
            Share = 32,
        },
        ["numbers"] = () => new NumbersTarget
        {
            Seeds = Target.Texts("30m", "60\0/h", "5h", "86400", "20MB", "2 GiB", "60/h", "5/s"),
            Words = Target.Texts(
                "s", "d", "KiB", "TB", "B", "/m", " ", "9223372036854775807", "-", "+", "\0", "0", "e3"),
            MaxLength = 48,
            Share = 32,
        },
        ["fields"] = () => new FieldsTarget
        {
            Seeds = Target.Texts("bytes=0-499", "bytes=-1", "Bearer abc", "text/html;q=0.9,*/*", "123",
                "v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "ots-operator=" + new string('A', 86), "\"tag\""),
            Words = Target.Texts(
                "bytes=", "-", ",", "99999999999999999999", "Bearer ", "q=", "W/", "\"", ";", "$", "="),
            MaxLength = 512,
            Share = 32,
        },
        ["bodies"] = () => new BodiesTarget
        {
            Seeds = Target.Texts(
                $$"""{"link_proof":"{{Key}}","claim_proof":"{{Key}}","claim_token":"{{Id}}"}""",
                $"key={Key}&passphrase=hush&claim_token={Id}", $"key=https://h/d/{Id}%23{Key}"),
            Words = [.. JsonWords, .. Target.Texts("key=", "&", "%", "+", "\"link_proof\":", "%00", "&key=")],
            Share = 24,
        },
        ["attachment"] = () => new AttachmentTarget
        {
            Seeds = Target.Texts("form-data; name=\"file\"; filename=\"a.txt\"", "a\u00e9.pdf",
                "form-data; name=file; filename*=UTF-8''%e2%82%ac"),
            Words = [.. NameWords, .. Target.Texts("filename=", "filename*=", "UTF-8''", "\\\"", "%", ";")],
            Share = 24,
        },
        ["zip"] = () => new ZipTarget
        {
            Seeds = Target.Texts("a|b|c", "|", "x/y|x\\y|\u00e9"),
            Words = NameWords,
            MaxLength = 512,
            Share = 12,
        },
        ["settings"] = () => new SettingsTarget
        {
            Seeds = Settings(),
            Words = [.. Settings(), .. SettingWords()],
            Share = 1,
        },
        ["doors"] = () => new DoorsTarget(new ServerUnderFuzz())
        {
            Seeds = Requests.Seeds,
            Words = Requests.Words,
            MaxLength = 4096,
            Share = 8,
        },
    };

    /// <summary>Those of which the pages have a twin.</summary>
    public static IReadOnlyList<string> Spoken { get; } = ["header", "footer", "manifest"];

    public static IEnumerable<string> Names => All.Keys;

    public static IReadOnlyList<Target> Create(string name) => name switch
    {
        "all" => [.. All.Values.Select(create => create())],
        _ => All.TryGetValue(name, out var create) ? [create()] : [],
    };

    private static byte[][] Envelopes(int length, int more) =>
        [.. VectorEnvelopes().Select(envelope => envelope[..Math.Min(envelope.Length, length)]).DistinctBy(
            Convert.ToHexString).Take(more)];

    private static byte[][] Tails() =>
        [.. VectorEnvelopes().Select(envelope => envelope[^Math.Min(envelope.Length, 1000)..])
            .DistinctBy(Convert.ToHexString).Take(40)];

    private static byte[][] Lengths() =>
        [[0, 0, 1, 16], [0, 0, 2, 16], [0, 1, 0, 16], [0, 1, 1, 16], [255, 255, 255, 255], [128, 0, 0, 16],
         [0, 0, 0, 0]];

    private static IReadOnlyList<byte[]> Manifests() => Target.Texts(
        """{"files":[{"name":"prod.env","type":"text/plain","size":123}]}""",
        """{"files":[{"name":"a","size":0}],"text":true}""",
        """{"files":[{"name":"a","size":0}]} {}""",
        """{"x":[1e9,{"files":[]}],"files":[{"name":"a","size":1},{"size":2,"name":"b","type":"c"}],"text":false}   """,
        """{"files":[{"name":"\ud83d\ude00","size":281474976710656}]}""");

    private static IReadOnlyList<byte[]> Settings() => Target.Texts(
        "OTS_TTL_MIN=1m\nOTS_TTL_MAX=7d\nOTS_TTL_DEFAULT=5h\n", "OTS_MAX_SIZE=20MB\nOTS_MAX_STORAGE=1GiB\n",
        "OTS_RATE_CREATE=60/h\nOTS_RATE_LIMITS=off\n", "OTS_BASE_URL=https://host/sub/\n",
        "OTS_TRUSTED_PROXIES=10.0.0.0/8, ::1\n", "OTS_REDIS=localhost:6379,password=x\nOTS_REDIS_PREFIX=a:\n",
        "OTS_S3_ENDPOINT=http://localhost:9000\nOTS_S3_BUCKET=b\nOTS_S3_ACCESS_KEY=k\nOTS_S3_SECRET_KEY=s\n",
        "OTS_EXTENSIONS=pdf .TXT\nOTS_LOG=json\n", "OTS_CREATE_TOKENS=ci:abcdefghijklmnop alice:0123456789abcdef\n",
        "OTS_IMPRINT_URL=https://h/i\nASPNETCORE_URLS=http://localhost:5000;https://+:443\n",
        "OTS_MAX_PASSPHRASE_ATTEMPTS=5\nOTS_MAX_CONNECTIONS=100\nOTS_LEASE=10m\nOTS_HISTORY=0s\nOTS_UPLOAD_IDLE=1h\n",
        "OTS_ADMIN_PASSWORD=$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
            + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n");

    private static IReadOnlyList<byte[]> SettingWords() =>
        Target.Texts("=", "\n", "OTS_", "/", ":", "*", "http://", "[::1]", "0.0.0.0/0", ";", "999999999999",
            "ssl=true");

    private static IEnumerable<byte[]> VectorEnvelopes() =>
        Directory.EnumerateFiles(Corpus.Vectors, "*.vector").Order(StringComparer.Ordinal).Select(Envelope);

    private static byte[] Vector(string name) => Envelope(Path.Combine(Corpus.Vectors, name + ".vector"));

    private static byte[] Envelope(string path)
    {
        string text = EnvelopeField().Match(File.ReadAllText(path)).Groups[1].Value;
        return StrictBase64Url.Decode(text.Replace("\n", ""))!;
    }

    [GeneratedRegex(@"^envelope:([^:]*?)(?:\n[a-z-]+:|\z)", RegexOptions.Multiline)]
    private static partial Regex EnvelopeField();
}
