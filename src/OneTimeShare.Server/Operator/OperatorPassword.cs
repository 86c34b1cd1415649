using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Operator;

/// <summary>The operator's password, of which only its Argon2id is kept.</summary>
internal sealed class OperatorPassword
{
    public const int MinLength = 8;
    public const int MaxLength = 1024;

    private const int HashLength = 32;
    private const string Prefix = "$argon2id$";

    // All servers of one operator make the same of a password, so that a sign-in at one holds at the others. It is
    // written nowhere, so nobody has a hash to try passwords against.
    private static readonly byte[] OwnSalt = SHA256.HashData("OneTimeShare operator"u8)[..16];

    private static readonly Argon2Parameters OwnCost =
        new() { MemorySize = 65_536, NumberOfPasses = 3, DegreeOfParallelism = 1 };

    // What is not Unicode becomes U+FFFD, which is no worse a character of a password than others.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Argon2Parameters _cost;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private OperatorPassword(Argon2Parameters cost, byte[] salt, byte[] hash)
    {
        (_cost, _salt, _hash) = (cost, salt, hash);
        SessionKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, hash, 32, info: "OneTimeShare session"u8.ToArray());
    }

    /// <summary>What sessions are signed with: whoever changes the password ends them all.</summary>
    public byte[] SessionKey { get; }

    /// <summary>A password, or its hash as <c>$argon2id$v=19$m=65536,t=3,p=1$SALT$HASH</c>.</summary>
    /// <returns>Null where it is too short or too long, or a hash that cannot be checked here.</returns>
    public static OperatorPassword? TryParse(string text)
    {
        if (text.StartsWith(Prefix, StringComparison.Ordinal))
            return ParseHash(text[Prefix.Length..].Split('$'));
        return text.Length is < MinLength or > MaxLength
            ? null : new OperatorPassword(OwnCost, OwnSalt, Derive(OwnCost, OwnSalt, text, HashLength));
    }

    /// <summary>Takes a tenth of a second, and the memory that the hash asks for.</summary>
    public bool IsRight(string shown) => shown.Length <= MaxLength
        && CryptographicOperations.FixedTimeEquals(_hash, Derive(_cost, _salt, shown, _hash.Length));

    private static OperatorPassword? ParseHash(string[] parts)
    {
        if (parts is not ["v=19", var cost, var salt, var hash] || ParseCost(cost.Split(',')) is not { } parameters
            || Decode(salt) is not { Length: 16 } saltBytes
            || Decode(hash) is not { Length: >= 16 and <= 64 } hashBytes)
            return null;
        return new OperatorPassword(parameters, saltBytes, hashBytes);
    }

    // libsodium, which does the work, knows one lane.
    private static Argon2Parameters? ParseCost(string[] parts) =>
        parts is [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"]
        && Digits.TryParse(memory, out long m) && m is >= 8 and <= 1 << 20
        && Digits.TryParse(passes, out long t) && t is >= 1 and <= 100
            ? new Argon2Parameters { MemorySize = (int)m, NumberOfPasses = (int)t, DegreeOfParallelism = 1 } : null;

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[128];
        return text.Length <= 128
            && Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out int length)
            ? bytes[..length] : null;
    }

    private static byte[] Derive(Argon2Parameters cost, byte[] salt, string password, int length) =>
        PasswordBasedKeyDerivationAlgorithm.Argon2id(cost)
            .DeriveBytes(Utf8.GetBytes(password), salt, length);
}
