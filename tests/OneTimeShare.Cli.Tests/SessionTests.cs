using System.Diagnostics;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Cli.Tests;

public sealed class SessionTests(Ots ots)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Folder = Path.Combine(Ots.Root, "tests", "OneTimeShare.Cli.Tests", "Sessions");

    public static IEnumerable<TheoryDataRow<string>> Names => Directory.GetFiles(Folder, "*.session")
        .Order(StringComparer.Ordinal)
        .Select(path => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(path)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Names))]
    public async Task A_session_goes_as_it_is_written(string name)
    {
        var session = new Session(await File.ReadAllTextAsync(Path.Combine(Folder, name + ".session"), Cancel));
        using var data = new TemporaryFolder();
        await using var own = session.Settings.Count == 0
            ? null : await ServerProcess.StartAsync(data.Path, [.. session.Settings]);

        string differences = await RunAsync(session, own ?? ots.Server);

        Assert.True(differences == "", differences);
    }

    [Fact]
    public async Task A_session_that_goes_otherwise_is_found()
    {
        var session = new Session("$ echo one\ntwo\n$ exit_with() { return $1; }\n$ exit_with 3\n[exit 4]\n");

        string differences = await RunAsync(session, ots.Server);

        Assert.Equal(
            """
            line 1: echo one
            expected:
            two
            [exit 0]
            printed:
            one
            [exit 0]
            line 4: exit_with 3
            expected:
            [exit 4]
            printed:
            [exit 3]

            """,
            differences);
    }

    private static async Task<string> RunAsync(Session session, ServerProcess server)
    {
        using var folders = new TemporaryFolder();
        string home = Path.Combine(folders.Path, "home"), printed = Path.Combine(folders.Path, "printed");
        Directory.CreateDirectory(home);
        Directory.CreateDirectory(printed);
        string script = Path.Combine(folders.Path, "session.bash");
        await File.WriteAllTextAsync(script, $"source {Folder}/start.bash\n{session.ToScript(printed)}", Cancel);
        // Without a terminal, whoever has started the tests; a session that wants one makes it.
        var start = new ProcessStartInfo("setsid", ["--wait", "bash", script]) { WorkingDirectory = home };
        foreach (string name in start.Environment.Keys.Where(IsOfOts).ToArray())
            start.Environment.Remove(name);
        start.Environment["HOME"] = home;
        start.Environment["PATH"] = $"{Ots.Folder}:{Folder}:{start.Environment["PATH"]}";
        start.Environment["OTS_SERVER"] = server.Client.BaseAddress!.ToString().TrimEnd('/');
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TERM"] = "xterm";
        start.Environment["SERVER_PID"] = $"{server.Id}";
        start.Environment["ROOT"] = Ots.Root;
        using var shell = Process.Start(start)!;
        try
        {
            await shell.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        }
        catch (TimeoutException)
        {
            shell.Kill(entireProcessTree: true);
        }
        return session.Compare(printed);
    }

    private static bool IsOfOts(string name) =>
        name.StartsWith("OTS_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal)
        || name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase) || name is "DISPLAY" or "WAYLAND_DISPLAY";
}
