using System.Runtime.InteropServices;
using SharpFuzz;
using SharpFuzz.Common;

namespace OneTimeShare.Fuzz;

/// <summary>
/// Which branches an input took, and about how often: what instrumented assemblies count. Of those that are not, it
/// sees nothing, and then no input is new.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Length = 1 << 16;

    // Never freed: what still runs somewhere goes on counting.
    private static readonly byte* AllCounts = (byte*)NativeMemory.AllocZeroed(Length);
    private readonly byte[] _seen = new byte[Length];

    /// <summary>How many branches were seen by now.</summary>
    public int Branches { get; private set; }

    private static Span<byte> Counts => new(AllCounts, Length);

    /// <summary>Rewrites assemblies where they are, so that they count. None may be loaded.</summary>
    public static int Instrument(string[] assemblies)
    {
        foreach (string assembly in assemblies)
            Fuzzer.Instrument(assembly, type => !type.Contains('<') || type.Contains(">d__"), Options.Value);
        return 0;
    }

    /// <summary>Before anything that was instrumented runs: it counts wherever this is, or nowhere.</summary>
    public static void Attach() => Trace.SharedMem = AllCounts;

    public static void Begin()
    {
        Counts.Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether, since <see cref="Begin"/>, something happened that never did before.</summary>
    public bool End()
    {
        bool isNew = false;
        var counts = Counts;
        for (int at = counts.IndexOfAnyExcept((byte)0); at >= 0;)
        {
            byte kind = KindOf(counts[at]);
            if ((_seen[at] & kind) == 0)
            {
                Branches += _seen[at] == 0 ? 1 : 0;
                _seen[at] |= kind;
                isNew = true;
            }
            int next = counts[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return isNew;
    }

    // As AFL tells counts apart: 1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, 128 and more.
    private static byte KindOf(byte count) => count switch
    {
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
