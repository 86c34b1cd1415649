using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace OneTimeShare.Fuzz;

/// <summary>A run over one target or all, and what came of it.</summary>
internal static class FuzzRun
{
    private const int MaxKept = 4000;
    private const int MaxKeptInTree = 24;

    public static async Task<int> RunAsync(string[] options)
    {
        Coverage.Attach();
        bool keeps = options.Contains("--keep");
        string[] rest = [.. options.Where(option => option != "--keep")];
        if (rest is not [var countText, .. var more] || !long.TryParse(countText, out long count) || count < 1
            || more.Length > 2)
            return Usage();
        ulong seed = more is [_, var given] ? ulong.Parse(given, CultureInfo.InvariantCulture)
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        var targets = AllTargets.Create(more is [var name, ..] ? name : "all");
        if (targets.Count == 0)
            return Usage();

        Console.WriteLine($"seed {seed}");
        Console.WriteLine("| target | inputs | taken | a second | branches | kept | findings |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        long shares = targets.Sum(target => target.Share), found = 0;
        foreach (var target in targets)
        {
            await using (target)
                found += Fuzz(target, Math.Max(1, count * target.Share / shares), seed, keeps);
        }
        return found == 0 ? 0 : 1;
    }

    /// <summary>One input again, with all that it says.</summary>
    public static async Task<int> ReplayAsync(string name, string file)
    {
        await using var target = AllTargets.Create(name).Single();
        Console.WriteLine(target.Takes(await File.ReadAllBytesAsync(file)) ? "taken" : "refused");
        target.End();
        return 0;
    }

    /// <summary>Beside the inputs that are kept, what the pages' TypeScript has to say of them.</summary>
    public static async Task<int> WriteVerdictsAsync()
    {
        foreach (string name in AllTargets.Spoken)
        {
            await using var target = AllTargets.Create(name).Single();
            await File.WriteAllLinesAsync(
                Corpus.VerdictsOf(name), Corpus.Read(name).Select(input => target.Verdict(input)!));
        }
        return 0;
    }

    private static long Fuzz(Target target, long count, ulong seed, bool keeps)
    {
        var coverage = new Coverage();
        var noise = new Noise(seed);
        var mutator = new Mutator(noise, target.Words, target.MaxLength);
        var corpus = new List<byte[]>();
        long taken = 0, found = 0;
        foreach (var input in (IEnumerable<byte[]>)[.. target.Seeds, .. Corpus.Read(target.Name)])
            Try(input, isKept: true);
        int first = corpus.Count;
        var clock = Stopwatch.StartNew();
        for (long done = 0; done < count && found < 10; done++)
            Try(mutator.Mutate(noise.Of(corpus), noise.Of(corpus)), isKept: false);
        double rate = count / clock.Elapsed.TotalSeconds;
        target.End();
        if (keeps)
            Keep(target, corpus);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {target.Name} | {count} | {taken} | {rate:0} | {coverage.Branches} ")
            + $"| {corpus.Count - first} | {found} |");
        return found;

        void Try(byte[] input, bool isKept)
        {
            Coverage.Begin();
            try
            {
                taken += target.Takes(input) ? 1 : 0;
            }
            catch (Exception broken)
            {
                found++;
                Console.Error.WriteLine($"{target.Name}: {Corpus.Write(Corpus.Findings, input)}\n{broken}\n");
                return;
            }
            // In this order: what is seen has to be remembered.
            if ((coverage.End() && corpus.Count < MaxKept) || isKept)
                corpus.Add(input);
        }
    }

    /// <summary>The fewest and shortest that reach all that was reached, as far as there is room.</summary>
    private static void Keep(Target target, IEnumerable<byte[]> corpus)
    {
        var coverage = new Coverage();
        var kept = 0;
        foreach (var input in corpus.OrderBy(input => input.Length))
        {
            Coverage.Begin();
            target.Takes(input);
            if (!coverage.End() || kept++ >= MaxKeptInTree)
                continue;
            Corpus.Write(Corpus.FolderOf(target.Name), input);
        }
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Give a count, a target or all, and a seed or none.");
        Console.Error.WriteLine($"Targets are {string.Join(' ', AllTargets.Names)}.");
        return 2;
    }
}
