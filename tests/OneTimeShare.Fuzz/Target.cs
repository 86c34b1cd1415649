using System.Text.Json;
using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz;

/// <summary>A promise that an input broke.</summary>
internal sealed class BrokenPromiseException(string what) : Exception(what);

/// <summary>What reads bytes that anybody may send, and what has to hold whatever they are.</summary>
internal abstract class Target(string name) : IAsyncDisposable
{
    public string Name => name;

    /// <summary>The inputs to begin with.</summary>
    public required IReadOnlyList<byte[]> Seeds { get; init; }

    /// <summary>What inputs of this kind are made of.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    public int MaxLength { get; init; } = 2048;

    /// <summary>How large a part of a whole run it gets.</summary>
    public int Share { get; init; } = 1;

    /// <summary>
    /// Whether it takes the input; throws where a promise is broken, and whatever the code throws that must not.
    /// </summary>
    public abstract bool Takes(byte[] input);

    /// <summary>What the pages' TypeScript has to say of the same input; null where it has no such parser.</summary>
    public virtual string? Verdict(byte[] input) => null;

    /// <summary>What has to hold after very many inputs.</summary>
    public virtual void End() { }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected static void Promise(bool holds, string what)
    {
        if (!holds)
            throw new BrokenPromiseException(what);
    }

    /// <summary>A failure as the pages name it.</summary>
    protected static string? Said(EnvelopeFailure? failure) =>
        failure is { } one ? JsonNamingPolicy.KebabCaseLower.ConvertName($"{one}") : null;

    protected internal static byte[] Utf8(string text) => new System.Text.UTF8Encoding(false).GetBytes(text);

    protected internal static IReadOnlyList<byte[]> Texts(params string[] texts) => [.. texts.Select(Utf8)];

    /// <summary>Bytes as text: what is not UTF-8 becomes UTF-16 that may be no Unicode.</summary>
    protected static string Text(byte[] input)
    {
        try
        {
            return new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(input);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return string.Concat(input.Chunk(2).Select(two => (char)((two[0] << 8) | two[^1])));
        }
    }
}
