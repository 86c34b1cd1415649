using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>What a server holds at a moment.</summary>
/// <param name="At">Since the load began.</param>
/// <param name="Memory">Resident, in bytes.</param>
/// <param name="Handles">Files and sockets.</param>
/// <param name="Threads">Of the process.</param>
/// <param name="Data">Of all files in its folder, in bytes.</param>
/// <param name="Acts">Done so far.</param>
internal readonly record struct Sample(TimeSpan At, long Memory, int Handles, int Threads, long Data, long Acts)
{
    private static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 };

    public static Sample Take(ServerProcess server, string folder, TimeSpan at, long acts) =>
        new(at, server.Memory, server.Handles, server.Threads, LengthOf(folder), acts);

    private static long LengthOf(string folder)
    {
        long sum = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", Everything))
        {
            try
            {
                sum += file.Length;
            }
            catch (FileNotFoundException)
            {
                // The server has deleted it meanwhile.
            }
        }
        return sum;
    }
}
