namespace OneTimeShare.Envelope.Tests;

/// <summary>
/// Known answers computed by other implementations: HKDF step by step from HMAC in Python's standard library,
/// Argon2id by OpenSSL. Link key 00..1f, salt 40..4f, passphrase "correct horse café".
/// </summary>
public sealed class KeyScheduleTests
{
    private const string Stretched = "3ceecb75983a6479ea9788f771f1aeb74e8723133471916586125363d7298a56";
    private const string LinkProof = "03597216c5b5558dad4d135845d87c9cacafb30c6eacd733330a5be0b3bde412";

    [Fact]
    public void The_link_proof_depends_on_the_link_key_alone()
    {
        using var key = Sealing.Key();

        Assert.Equal(LinkProof, Convert.ToHexStringLower(KeySchedule.LinkProof(key).ToArray()));
    }

    [Fact]
    public void A_passphrase_is_stretched_by_Argon2id_with_64_MiB_3_passes_and_1_lane()
    {
        using var passphrase = Sealing.Passphrase("correct horse caf\u00e9");
        var stretched = new byte[32];
        passphrase.Stretch(Sealing.Salt, stretched);

        Assert.Equal(Stretched, Convert.ToHexStringLower(stretched));
    }

    [Theory]
    [InlineData(
        null,
        "d388edc300a9010759e63bbbca60edb55aab11f1120c6f0970cffc704e0b07e1",
        "07320e28d66dc7870aef2f4cc413588c0adfdae1cd9c37e7d8d1310f9616cda0",
        "e889016fb48723960cdd510d6058d62f8d00d239dcac30bf17ca77a0cf4f0d9d")]
    [InlineData(
        "correct horse caf\u00e9",
        "6176b5ac5b60c8b778527046f0444acfee725c1877623712f50b8e25a46408f7",
        "f21e19e4881c9971be5dc003574bbc6010f723dd6465aa7c7cb52ec5f1c9b063",
        "9a41156e2d0b148cb88f5301636c810037deea5b9826eba69863102faaea4810")]
    public void Proof_and_keys_are_the_known_ones(string? passphrase, string proof, string manifest, string content)
    {
        using var key = Sealing.Key();
        using var given = passphrase is null ? null : Sealing.Passphrase(passphrase);
        var header = EnvelopeHeader.WithSalt(given is null ? Kdf.None : Kdf.Argon2id, Sealing.Salt);
        using var keys = KeySchedule.Derive(key, header, given);

        Assert.Equal(proof, Convert.ToHexStringLower(keys.ClaimProof.ToArray()));
        Assert.Equal(manifest, Convert.ToHexStringLower(keys.ManifestKey));
        Assert.Equal(content, Convert.ToHexStringLower(keys.ContentKey));
    }

    [Fact]
    public void A_passphrase_is_there_exactly_where_the_header_says_so()
    {
        using var key = Sealing.Key();
        using var passphrase = Sealing.Passphrase("x");

        Assert.Throws<ArgumentException>(
            () => KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.None), passphrase));
        Assert.Throws<ArgumentException>(
            () => KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.Argon2id), passphrase: null));
    }

    [Fact]
    public void Disposing_leaves_no_key_in_memory()
    {
        var key = LinkKey.Create();
        var keys = KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.None), passphrase: null);
        Assert.True(keys.ManifestKey.ContainsAnyExcept((byte)0) && keys.ContentKey.ContainsAnyExcept((byte)0));
        keys.Dispose();
        key.Dispose();

        Assert.False(keys.ManifestKey.ContainsAnyExcept((byte)0));
        Assert.False(keys.ContentKey.ContainsAnyExcept((byte)0));
        Assert.False(key.Bytes.ContainsAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    [InlineData(100_000, false)]
    public void A_passphrase_has_up_to_1024_bytes(int length, bool parsed)
    {
        Assert.Equal(parsed, Passphrase.TryParse(new string('x', length), out var passphrase));
        Assert.Equal(parsed && length > 0, passphrase is not null);
        string accents = new string('\u00e9', length / 2) + new string('x', length % 2);
        Assert.Equal(parsed, Passphrase.TryParse(accents, out _));
    }

    [Fact]
    public void A_passphrase_that_is_not_Unicode_is_none()
    {
        Assert.False(Passphrase.TryParse("a\ud800", out _));
        Assert.False(Passphrase.TryParse("\udc00\ud800", out _));
        Assert.True(Passphrase.TryParse("\ud83d\ude00", out _));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void No_header_is_made_for_a_kdf_that_there_is_not(byte kdf) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnvelopeHeader.Create((Kdf)kdf));

    [Fact]
    public void Every_header_and_every_link_key_is_a_new_one()
    {
        var headers = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(EnvelopeHeader.Create(Kdf.None).Bytes));
        var keys = Enumerable.Range(0, 100).Select(_ => LinkKey.Create().ToFragment());

        Assert.Equal(100, headers.Distinct().Count());
        Assert.Equal(100, keys.Distinct().Count());
    }
}
