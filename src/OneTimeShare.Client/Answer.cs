using System.Diagnostics.CodeAnalysis;

namespace OneTimeShare.Client;

/// <summary>What was asked for, or why there is none: what is expected is answered, not thrown.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public readonly struct Answer<T>
    where T : class
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Answer(T? value, Refusal? refusal) => (_value, _refusal) = (value, refusal);

    /// <summary>An answer.</summary>
    public static implicit operator Answer<T>(T value) => new(value, null);

    /// <summary>None.</summary>
    public static implicit operator Answer<T>(Refusal refusal) => new(null, refusal);

    /// <summary>Whether there is one; then <paramref name="value"/> is it, and else <paramref name="refusal"/> says
    /// why not.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Refusal? refusal)
    {
        (value, refusal) = (_value, _refusal);
        if (value is null && refusal is null)
            throw new InvalidOperationException("This answer was never given.");
        return value is not null;
    }
}
