using System.Text;

namespace OneTimeShare.Envelope.Tests;

public sealed class ManifestTests
{
    // As numbers: an attribute keeps its strings as UTF-8, which has no lone surrogates.
    public static TheoryData<int[]> NotUnicode =>
        new(new int[] { 0xD800 }, new int[] { 'a', 0xDFFF, 'b' }, new int[] { 0xDC00, 0xD800 });

    [Theory]
    [MemberData(nameof(NotUnicode))]
    public void A_name_that_is_not_Unicode_is_never_sealed_as_another_name(int[] units)
    {
        string name = string.Concat(units.Select(unit => (char)unit));
        var manifest = new Manifest([new ManifestFile(name, ManifestFile.DefaultType, 0)], Text: false);

        Assert.ThrowsAny<ArgumentException>(() => manifest.TryEncode(out _));
    }

    [Fact]
    public void A_type_that_is_not_Unicode_is_never_sealed_as_another_type()
    {
        var manifest = new Manifest([new ManifestFile("a", "\ud800", 0)], Text: false);

        Assert.ThrowsAny<ArgumentException>(() => manifest.TryEncode(out _));
    }

    [Theory]
    [InlineData("""{"files":[{"name":"\ud800","size":1}]}""")]
    [InlineData("""{"files":[{"name":"\udc00\ud800","size":1}]}""")]
    [InlineData("""{"files":[{"name":"a","type":"\ud800","size":1}]}""")]
    [InlineData("""{"files":[]}""")]
    [InlineData("""{"files":{}}""")]
    [InlineData("""{"Files":[{"name":"a","size":1}]}""")]
    [InlineData("""[{"name":"a","size":1}]""")]
    [InlineData("""{"files":[[]]}""")]
    [InlineData("""{"files":[null]}""")]
    [InlineData("""{"files":[{"size":1}]}""")]
    [InlineData("""{"files":[{"name":null,"size":1}]}""")]
    [InlineData("""{"files":[{"name":"a"}]}""")]
    [InlineData("""{"files":[{"name":"a","size":null}]}""")]
    [InlineData("""{"files":[{"name":"a","size":"1"}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1e3}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1.0}]}""")]
    [InlineData("""{"files":[{"name":"a","size":-0}]}""")]
    [InlineData("""{"files":[{"name":"a","size":-1}]}""")]
    [InlineData("""{"files":[{"name":"a","size":01}]}""")]
    [InlineData("""{"files":[{"name":"a","size":281474976710657}]}""")]
    [InlineData("""{"files":[{"name":"a","size":18446744073709551616}]}""")]
    [InlineData("""{"files":[{"name":"a","size":281474976710656},{"name":"b","size":1}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1,"type":null}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1,"type":7}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1}],}""")]
    [InlineData("""{"files":[{"name":"a","size":1}]} x""")]
    [InlineData("""{"files":[{"name":"a","size":1}]/**/}""")]
    [InlineData("""{"files":[{"name":"a","size":1,"size":1e0}]}""")]
    [InlineData("")]
    [InlineData("   ")]
    public void What_is_no_manifest_is_refused(string json) => Assert.False(TryDecode(json, out _));

    [Theory]
    [InlineData("""{"x":"\ud800","files":[{"name":"a","size":1}]}""")]
    [InlineData("""{"fi\ud800":0,"files":[{"name":"a","size":1}]}""")]
    [InlineData("""{"files":[{"name":"a","size":1}],"fi\ud800":0}""")]
    [InlineData("""{"files":[{"na\ud800":0,"name":"a","size":1,"si\ud800":0}]}""")]
    [InlineData("""{"\u0066iles":[{"n\u0061me":"a","size":1}]}""")]
    [InlineData("""{"files":7,"files":[{"name":"b","name":"a","size":2e9,"size":1}]}""")]
    [InlineData("\t{\"files\":\r\n[{\"name\":\"a\",\"size\":1}]} \n")]
    public void What_does_not_concern_the_files_is_ignored_and_the_last_of_two_counts(string json)
    {
        Assert.True(TryDecode(json, out var manifest));
        Assert.Equal(new ManifestFile("a", ManifestFile.DefaultType, 1), Assert.Single(manifest!.Files));
        Assert.False(manifest.Text);
    }

    [Fact]
    public void An_unknown_field_may_nest_as_deep_as_it_likes()
    {
        string deep = new string('[', 30_000) + new string(']', 30_000);

        Assert.True(TryDecode($$"""{"x":{{deep}},"files":[{"name":"a","size":1}]}""", out _));
    }

    [Theory]
    [InlineData(0xED, 0xA0, 0x80)] // a surrogate
    [InlineData(0xC0, 0xAF, 0x20)] // "/" in two bytes
    [InlineData(0xFF, 0x20, 0x20)]
    public void Bytes_that_are_not_UTF_8_are_refused_wherever_they_stand(int first, int second, int third)
    {
        byte[] bad = [(byte)first, (byte)second, (byte)third];
        byte[] inName = [.. "{\"files\":[{\"size\":1,\"name\":\""u8, .. bad, .. "\"}]}"u8];
        byte[] inUnknown = [.. "{\"x\":\""u8, .. bad, .. "\",\"files\":[{\"size\":1,\"name\":\"a\"}]}"u8];

        Assert.False(Manifest.TryDecode(inName, out _));
        Assert.False(Manifest.TryDecode(inUnknown, out _));
    }

    [Fact]
    public void A_byte_order_mark_is_refused() =>
        Assert.False(Manifest.TryDecode(
            (byte[])[0xEF, 0xBB, 0xBF, .. """{"files":[{"name":"a","size":1}]}"""u8], out _));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", false)]
    [InlineData("\"true\"", false)]
    [InlineData("null", false)]
    public void Only_true_makes_a_text(string value, bool text)
    {
        Assert.True(TryDecode($$"""{"files":[{"name":"a","size":1}],"text":{{value}}}""", out var manifest));
        Assert.Equal(text, manifest!.Text);
    }

    [Fact]
    public void Several_files_are_no_text()
    {
        Assert.True(TryDecode(
            """{"files":[{"name":"a","size":1},{"name":"b","size":1}],"text":true}""", out var manifest));
        Assert.False(manifest!.Text);
    }

    [Fact]
    public void Two_to_the_48_bytes_is_the_most()
    {
        Assert.True(TryDecode("""{"files":[{"name":"a","size":281474976710656}]}""", out var manifest));
        Assert.Equal(1L << 48, manifest!.ContentLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("prod.env")]
    [InlineData("päss wörd \u65e5\u672c \ud83d\ude00.txt")]
    [InlineData("a\u0000\u001f\u007f\"\\/<>&'\u2028\u202e")]
    public void Every_Unicode_name_comes_back_as_it_went_in(string name)
    {
        var file = new ManifestFile(name, "text/plain; charset=\"utf-8\"", 123);

        Assert.True(new Manifest([file], Text: true).TryEncode(out var encoded));
        Assert.Equal(0, encoded.Length % Manifest.LengthStep);
        Assert.True(Manifest.TryDecode(encoded, out var decoded));
        Assert.Equal(file, Assert.Single(decoded.Files));
        Assert.True(decoded.Text);
    }

    [Fact]
    public void The_encoding_is_the_one_that_the_format_page_shows()
    {
        Assert.True(new Manifest([new ManifestFile("prod.env", "text/plain", 123)], Text: false)
            .TryEncode(out var encoded));

        string json = """{"files":[{"name":"prod.env","type":"text/plain","size":123}]}""";
        Assert.Equal(json.PadRight(256), Encoding.ASCII.GetString(encoded));
    }

    [Fact]
    public void Names_are_sealed_up_to_the_last_byte_that_a_manifest_holds()
    {
        int frame = """{"files":[{"name":"","type":"application/octet-stream","size":0}]}""".Length;
        int most = Manifest.MaxLength - frame;

        Assert.True(Encode(most));
        Assert.False(Encode(most + 1));

        static bool Encode(int length) =>
            new Manifest([new ManifestFile(new string('n', length), ManifestFile.DefaultType, 0)], Text: false)
                .TryEncode(out _);
    }

    private static bool TryDecode(string json, out Manifest? manifest) =>
        Manifest.TryDecode(Sealing.Utf8(json), out manifest);
}
