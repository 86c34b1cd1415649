using System.Diagnostics;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>Publishes, claims and ends shares until it is killed, and says what it was told had been done.</summary>
internal static class ProgramToKill
{
    public const string Argument = "program-to-kill";

    private const int Callers = 16;

    public static Process Start(string folder)
    {
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(ProgramToKill).Assembly.Location);
        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(folder);
        return Process.Start(start)!;
    }

    public static async Task<int> RunAsync(string folder)
    {
        using var store = new SqliteShareStore(folder, new ShareOptions(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => ShareForEverAsync(store, caller)));
        return 0;
    }

    private static async Task ShareForEverAsync(SqliteShareStore store, int caller)
    {
        await Task.Yield();
        for (int number = caller; ; number++)
        {
            var share = ShareSample.OfOneRecord();
            await store.PublishAsync(share.New, CancellationToken.None);
            Say("published", share);
            if (number % 4 == 0)
                continue;
            await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), CancellationToken.None);
            Say("claimed", share);
            if (number % 4 == 1)
                continue;
            await store.EndAsync(share.Id, number % 4 == 2 ? share.ClaimToken : share.Receipt, CancellationToken.None);
            Say(number % 4 == 2 ? "delivered" : "burned", share);
        }
    }

    // One line is one write, and the console lets one through at a time.
    private static void Say(string act, ShareSample share) => Console.Out.Write($"{act} {share.Id}\n");
}
