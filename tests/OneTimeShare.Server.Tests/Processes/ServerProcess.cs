using System.Diagnostics;
using System.Net;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>The built server as an operator runs it: a process of its own, set up by its environment.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private bool _told;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string dataFolder, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ots-server.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsSetting).ToArray())
            start.Environment.Remove(name);
        // Port 0 is any that is free, and the server says which.
        (string, string)[] all =
            [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("OTS_DATA", dataFolder),
                ("OTS_RATE_LIMITS", "off"), .. settings];
        foreach (var (name, value) in all)
            start.Environment[name] = value;

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>For any number of connections at once.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        // No authority knows the certificate of a test.
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
    })
    {
        Timeout = Patience,
    };

    public int Id => _process.Id;

    /// <summary>All that it has written so far, to either output.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a server on a data folder, and waits until it answers.</summary>
    public static async Task<ServerProcess> StartAsync(
        string dataFolder, params (string Name, string Value)[] settings)
    {
        var server = new ServerProcess(dataFolder, settings);
        try
        {
            var ended = server._process.WaitForExitAsync(Cancel);
            // Where it has ended instead, disposing it says so.
            await Task.WhenAny(server._address.Task, ended).WaitAsync(Patience, Cancel);
            if (!server._address.Task.IsCompleted)
                throw new InvalidOperationException("The server did not start.");
            server.Client.BaseAddress = await server._address.Task;
            Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server that is to refuse to: its exit code, and all that it said.</summary>
    public static async Task<(int ExitCode, string Output)> RefuseAsync(
        string dataFolder, params (string Name, string Value)[] settings)
    {
        await using var server = new ServerProcess(dataFolder, settings) { _told = true };
        await server._process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return (server._process.ExitCode, server.Output);
    }

    public async Task<HttpStatusCode> GetStatusAsync(string path)
    {
        using var answer = await Client.GetAsync(path, Cancel);
        return answer.StatusCode;
    }

    /// <summary>The program once more, beside the server and set up as it is, to do one thing and end.</summary>
    public async Task<(int ExitCode, string Output)> RunBesideAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [.. _process.StartInfo.ArgumentList, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in _process.StartInfo.Environment)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = Client.BaseAddress!.AbsoluteUri;
        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return (process.ExitCode, output);
    }

    /// <summary>Its status alone.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var answer = await Client.SendAsync(request, Cancel))
            return answer.StatusCode;
    }

    /// <summary>Ends it by SIGKILL, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _told = true;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to end by SIGTERM, as an operator does.</summary>
    public async Task<int> StopAsync()
    {
        _told = true;
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {Id}"]);
        await kill.WaitForExitAsync(Cancel);
        await _process.WaitForExitAsync(Cancel).WaitAsync(Patience, Cancel);
        return _process.ExitCode;
    }

    /// <summary>Fails where it has ended without being told to.</summary>
    public async ValueTask DisposeAsync()
    {
        bool died = _process.HasExited && !_told;
        if (!_process.HasExited)
            await KillAsync();
        Client.Dispose();
        int code = _process.ExitCode;
        _process.Dispose();
        Assert.False(died, $"The server died with {code}:\n{Output}");
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("OTS_", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Append(line).Append('\n');
        if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            _address.TrySetResult(new Uri(line[(at + Listening.Length)..].Split('"')[0].TrimEnd('/') + "/"));
    }
}
