namespace OneTimeShare.Fuzz;

/// <summary>Numbers that are the same for the same seed (SplitMix64), so that a run can be done again.</summary>
internal sealed class Noise(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="end"/> - 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    public T Of<T>(IReadOnlyList<T> some) => some[Below(some.Count)];
}
