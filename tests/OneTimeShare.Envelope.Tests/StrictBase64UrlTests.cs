using CsCheck;

namespace OneTimeShare.Envelope.Tests;

public sealed class StrictBase64UrlTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly Gen<char> NearAlphabet =
        Gen.Frequency((20, Gen.Int[0, 63].Select(i => Alphabet[i])), (1, Gen.Char),
            (1, Gen.OneOf('=', '+', '/', ' ', '\n')));

    [Fact]
    public void Bytes_come_back_as_they_went_in() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            string text = StrictBase64Url.Encode(bytes);
            Assert.Equal(Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_'), text);
            Assert.Equal(bytes, StrictBase64Url.Decode(text));
        });

    [Fact]
    public void A_text_decodes_exactly_where_it_is_the_one_that_its_bytes_encode_to() =>
        NearAlphabet.Array[0, 50].Select(c => new string(c)).Sample(
            text =>
            {
                if (StrictBase64Url.Decode(text) is { } bytes)
                    Assert.Equal(text, StrictBase64Url.Encode(bytes));
                else
                    Assert.False(IsCanonical(text));
            },
            iter: 20_000);

    [Fact]
    public void Of_a_group_of_two_or_three_characters_only_those_without_spare_bits_decode()
    {
        var decoded = Pairs().Where(text => StrictBase64Url.Decode(text) is not null).ToList();
        Assert.Equal(256, decoded.Count);
        Assert.All(decoded, text => Assert.True(Alphabet.IndexOf(text[1], StringComparison.Ordinal) % 16 == 0));
        Assert.Equal(16, Alphabet.Count(last => StrictBase64Url.Decode($"AA{last}") is not null));

        static IEnumerable<string> Pairs() => Alphabet.SelectMany(a => Alphabet.Select(b => $"{a}{b}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9")] // a spare bit
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A")]
    [InlineData("AAECAwQFBgcICQoLDA0OD AREhMUFRYXGBkaGxwdHh8")]
    [InlineData("+/ECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("\u0130AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    public void No_other_spelling_is_a_key_a_proof_or_an_id(string text)
    {
        Assert.False(LinkKey.TryParse(text, out _));
        Assert.False(LinkProof.TryParse(text, out _));
        Assert.False(ClaimProof.TryParse(text, out _));
        Assert.False(ShareId.TryParse(text, out _));
    }

    private static bool IsCanonical(string text) =>
        text.Length % 4 != 1 && text.All(Alphabet.Contains)
        && (text.Length % 4) switch
        {
            2 => Alphabet.IndexOf(text[^1], StringComparison.Ordinal) % 16 == 0,
            3 => Alphabet.IndexOf(text[^1], StringComparison.Ordinal) % 4 == 0,
            _ => true,
        };
}
